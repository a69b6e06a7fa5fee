package holt.api.queue.placement;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.queue.publish.Breakers;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class FindQueuesTest {
    private static final ModelName MODEL = new ModelName("m");

    private final Breakers breakers =
            new Breakers(TOPICS, () -> Instant.EPOCH, Duration.ofSeconds(1));
    private final List<ModelName> sought = new ArrayList<>();
    private final List<String> calls = new ArrayList<>();
    private boolean away;
    private final FindQueues find = new FindQueues(this::find, breakers, Runnable::run);

    @Test
    void aQueueIsSoughtOnce() {
        assertThat(find.isFound(MODEL, () -> calls.add("found"))).isTrue();
        assertThat(find.isFound(MODEL, () -> calls.add("again"))).isTrue();

        assertThat(sought).containsExactly(MODEL);
        assertThat(calls).containsExactly("found");
    }

    @Test
    void aQueueThatWasNotFoundIsSoughtAgainAndItsBreakerIsOpen() {
        away = true;
        assertThat(find.isFound(MODEL, () -> calls.add("found"))).isFalse();
        assertThat(breakers.queue(MODEL).isOpen()).isTrue();
        assertThat(breakers.queue(MODEL).mayPass()).as("the first job is the probe").isTrue();

        away = false;
        assertThat(find.isFound(MODEL, () -> calls.add("found"))).isTrue();
        assertThat(calls).containsExactly("found");
    }

    private void find(ModelName model) {
        sought.add(model);
        if (away) {
            throw new TimeoutException("no answer");
        }
    }
}
