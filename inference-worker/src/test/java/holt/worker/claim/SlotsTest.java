package holt.worker.claim;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.TestJobs;
import holt.worker.models.ModelRunner;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SlotsTest {
    private final AtomicInteger wanted = new AtomicInteger(2);
    private final Slots slots = new Slots(new Sized());

    @Test
    @DisplayName("R129: slots become more when the engine has more")
    void slotsBecomeMore() throws Exception {
        assertThat(slots.reserve(2, Duration.ZERO)).isTrue();
        assertThat(slots.reserve(1, Duration.ZERO)).isFalse();

        wanted.set(3);

        assertThat(slots.reserve(1, Duration.ZERO)).isTrue();
        assertThat(slots.serving().slots()).isEqualTo(3);
    }

    @Test
    @DisplayName(
            "R129: with fewer slots running jobs go on, and none comes until enough have ended")
    void slotsBecomeFewer() throws Exception {
        slots.reserve(2, Duration.ZERO);

        wanted.set(1);

        assertThat(slots.areFree(1)).isFalse();
        slots.release(1);
        assertThat(slots.areFree(1)).isFalse();
        slots.release(1);
        assertThat(slots.areFree(1)).isTrue();
        assertThat(slots.areFree(2)).isFalse();
        assertThat(slots.awaitEmpty(Duration.ZERO)).isTrue();
    }

    private final class Sized implements ModelRunner {
        @Override
        public KnownModel model() {
            return TestJobs.CHAT_MODEL;
        }

        @Override
        public int slots() {
            return wanted.get();
        }

        @Override
        public Running start(String id, Lane lane, Task task, Consumer<Reply> replies) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration sinceProgress() {
            return Duration.ZERO;
        }

        @Override
        public void close() {}
    }
}
