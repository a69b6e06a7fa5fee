package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class FailureTest {
    @Test
    @DisplayName("R66: a worker retries failures of the worker, the storage and the memory")
    void anotherRunHelpsAfterThreeFailures() {
        assertThat(Stream.of(Failure.values()).filter(Failure::retryable))
                .containsExactly(
                        Failure.WORKER_FAILED,
                        Failure.STORAGE_UNAVAILABLE,
                        Failure.INSUFFICIENT_MEMORY);
    }
}
