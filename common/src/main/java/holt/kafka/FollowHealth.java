package holt.kafka;

import java.time.Duration;

/**
 * How a follower fares at one moment.
 *
 * @param topic that it follows
 * @param failing for how long it has not been able to read; zero while it reads
 * @param ended whether it has ended and will never read again
 */
public record FollowHealth(String topic, Duration failing, boolean ended) {
    private static final Duration UNREADY_AFTER = Duration.ofSeconds(10);

    /** Whether the process can still rely on what it knows of the topic. */
    boolean ready() {
        return !ended && failing.compareTo(UNREADY_AFTER) <= 0;
    }
}
