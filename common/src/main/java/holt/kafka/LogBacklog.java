package holt.kafka;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells how far a follower has come with the records from before its start, if that takes long. */
final class LogBacklog {
    private static final Logger LOG = LoggerFactory.getLogger(LogBacklog.class);
    private static final Duration PERIOD = Duration.ofSeconds(10);

    private final String topic;
    private final Backlog backlog;
    private final LongSupplier nanoTime;
    private final long all;
    private long last;

    /** @param nanoTime a monotonic time in nanoseconds */
    LogBacklog(String topic, Backlog backlog, LongSupplier nanoTime) {
        this.topic = topic;
        this.backlog = backlog;
        this.nanoTime = nanoTime;
        all = backlog.left();
        last = nanoTime.getAsLong();
    }

    /** Call it after each poll. */
    void polled() {
        long now = nanoTime.getAsLong();
        if (backlog.left() > 0 && now - last >= PERIOD.toNanos()) {
            last = now;
            LOG.atInfo()
                    .addKeyValue("topic", topic)
                    .addKeyValue("read", all - backlog.left())
                    .addKeyValue("of", all)
                    .log("a follower reads the records from before its start");
        }
    }
}
