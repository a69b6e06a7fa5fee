package holt.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The present failure of a follower: since when it lasts, and when to try again. The follower's thread writes, any thread may read. */
final class FollowFailures {
    private static final Logger LOG = LoggerFactory.getLogger(FollowFailures.class);
    private static final Duration FIRST_BACK_OFF = Duration.ofMillis(100);
    private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(1);

    /** A poll can return before it meets the failure again. So a follower reads again only after this time, or with a record. */
    private static final Duration SETTLED = Duration.ofSeconds(2);

    private final String topic;
    private final LongSupplier nanoTime;
    private Duration backOff = FIRST_BACK_OFF;
    private long last;
    private volatile @Nullable Long since;

    /** @param nanoTime a monotonic time in nanoseconds */
    FollowFailures(String topic, LongSupplier nanoTime) {
        this.topic = topic;
        this.nanoTime = nanoTime;
    }

    /** For how long the follower has failed; zero while it reads. */
    Duration lasting() {
        Long begun = since;
        return begun == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - begun);
    }

    /** Notes a failure. Logs the first one. */
    void failed(String reason) {
        last = nanoTime.getAsLong();
        if (since == null) {
            since = last;
            LOG.atWarn()
                    .addKeyValue("topic", topic)
                    .addKeyValue("reason", reason)
                    .log("a follower cannot read; it tries again from its position until it can");
        }
    }

    /** How long to pause before the next try: longer each time. */
    Duration backOff() {
        Duration pause = backOff;
        Duration twice = backOff.multipliedBy(2);
        backOff = twice.compareTo(LONGEST_BACK_OFF) < 0 ? twice : LONGEST_BACK_OFF;
        return pause;
    }

    /** @param any whether the poll returned a record */
    void polled(boolean any) {
        Long begun = since;
        if (begun != null && (any || nanoTime.getAsLong() - last > SETTLED.toNanos())) {
            since = null;
            backOff = FIRST_BACK_OFF;
            LOG.atInfo()
                    .addKeyValue("topic", topic)
                    .addKeyValue("failedMs", (nanoTime.getAsLong() - begun) / 1_000_000)
                    .log("a follower reads again, from the position that it had");
        }
    }
}
