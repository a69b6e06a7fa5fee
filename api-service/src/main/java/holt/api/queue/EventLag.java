package holt.api.queue;

import holt.api.queue.index.JobIndex;
import holt.kafka.FollowTopic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** How far this instance is behind the log of events. */
final class EventLag {
    /** A poll lasts a second at most. */
    private static final Duration STUCK = Duration.ofSeconds(5);

    private final LongSupplier unread;
    private final Supplier<Duration> sincePoll;
    private final JobIndex index;
    private final InstantSource clock;

    /** @param clock the broker's */
    EventLag(FollowTopic events, JobIndex index, InstantSource clock) {
        this(events::unread, events::sincePoll, index, clock);
    }

    EventLag(
            LongSupplier unread,
            Supplier<Duration> sincePoll,
            JobIndex index,
            InstantSource clock) {
        this.unread = unread;
        this.sincePoll = sincePoll;
        this.index = index;
        this.clock = clock;
    }

    /** The age of the newest event that has been folded; zero if that is the newest in the log. */
    Duration behind() {
        Duration silent = sincePoll.get();
        if (silent.compareTo(STUCK) > 0) {
            return silent;
        }
        Instant newest = index.newest();
        if (unread.getAsLong() == 0 || newest == null) {
            return Duration.ZERO;
        }
        Duration age = Duration.between(newest, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** How many events are known to be unread. */
    long unread() {
        return unread.getAsLong();
    }
}
