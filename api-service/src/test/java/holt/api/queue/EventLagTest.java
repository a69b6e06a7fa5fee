package holt.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.models.LiveWorkers;
import holt.api.queue.index.EventPlace;
import holt.api.queue.index.JobIndex;
import holt.api.queue.index.MemoryJobStore;
import holt.api.queue.index.Retention;
import holt.protocol.InstanceId;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EventLagTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DAY = Duration.ofDays(1);

    private Instant now = START;
    private long unread;
    private Duration sincePoll = Duration.ZERO;
    private final InstantSource clock = () -> now;
    private final JobIndex index =
            new JobIndex(
                    clock,
                    new LiveWorkers(clock, DAY),
                    new Retention(DAY, DAY),
                    DAY,
                    new MemoryJobStore());
    private final EventLag lag = new EventLag(() -> unread, () -> sincePoll, index, clock);

    @Test
    @DisplayName("R154: an instance with unread events is as far behind as its newest event is old")
    void unreadEventsCountByTheAgeOfTheNewestThatWasRead() {
        fold();
        now = START.plusSeconds(30);
        assertThat(lag.behind()).isZero();

        unread = 1;
        assertThat(lag.behind()).hasSeconds(30);

        fold();
        assertThat(lag.behind()).isZero();
    }

    @Test
    @DisplayName(
            "R154: an instance whose fold is stuck is behind, though it knows of no unread event")
    void aFoldThatIsStuckIsBehind() {
        sincePoll = Duration.ofSeconds(5);
        assertThat(lag.behind()).isZero();

        sincePoll = Duration.ofSeconds(6);
        assertThat(lag.behind()).hasSeconds(6);
    }

    private void fold() {
        index.apply(
                new JobEvent.Accepted(
                        new JobId("j"),
                        new ModelName("m"),
                        Lane.NORMAL,
                        new InstanceId("i"),
                        START.plus(DAY)),
                new EventPlace(0, 0),
                now);
    }
}
