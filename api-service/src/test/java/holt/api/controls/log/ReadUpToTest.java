package holt.api.controls.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class ReadUpToTest {
    @Test
    void aRecordIsAwaitedUntilItHasBeenRead() {
        var read = new ReadUpTo();
        CompletableFuture<Void> second = read.whenRead(1);
        CompletableFuture<Void> fourth = read.whenRead(3);

        read.read(0);
        assertThat(second).isNotDone();

        // Compaction leaves gaps.
        read.read(2);
        assertThat(second).isCompleted();
        assertThat(fourth).isNotDone();
        assertThat(read.whenRead(2)).isCompleted();
    }
}
