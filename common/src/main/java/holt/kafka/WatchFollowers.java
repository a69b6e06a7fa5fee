package holt.kafka;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a process's followers. The process takes no new work while one of them has failed for 10 s. If one has ended, the process ends,
 * and its supervisor starts a new one.
 */
public final class WatchFollowers implements AutoCloseable {
    /** Exit code after a follower has ended. */
    static final int ENDED = 72;

    private static final Logger LOG = LoggerFactory.getLogger(WatchFollowers.class);
    private static final Duration PERIOD = Duration.ofMillis(500);

    private final List<Supplier<FollowHealth>> followers;
    private final IntConsumer exit;
    private final ScheduledExecutorService timer =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().daemon().name("watch-followers").factory());
    private @Nullable String logged;

    /**
     * Starts to watch.
     *
     * @param exit ends the process in order, with that code. Called once
     */
    public static WatchFollowers start(Collection<FollowTopic> followers, IntConsumer exit) {
        var watch =
                new WatchFollowers(
                        followers.stream()
                                .map(follower -> (Supplier<FollowHealth>) follower::health)
                                .toList(),
                        exit);
        var _ =
                watch.timer.scheduleWithFixedDelay(
                        watch::check, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
        return watch;
    }

    WatchFollowers(List<Supplier<FollowHealth>> followers, IntConsumer exit) {
        this.followers = followers;
        this.exit = exit;
    }

    /** Whether all followers read, or have failed for a short time only. */
    public boolean ready() {
        return unreadable() == null;
    }

    /** The topic whose follower has ended or failed for long; null if there is none. */
    public @Nullable String unreadable() {
        return followers.stream()
                .map(Supplier::get)
                .filter(health -> !health.ready())
                .map(FollowHealth::topic)
                .findFirst()
                .orElse(null);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }

    void check() {
        logReadiness();
        followers.stream()
                .map(Supplier::get)
                .filter(FollowHealth::ended)
                .findFirst()
                .ifPresent(this::end);
    }

    private void logReadiness() {
        String topic = unreadable();
        if (topic != null && logged == null) {
            LOG.atError()
                    .addKeyValue("topic", topic)
                    .log(
                            "a topic cannot be read; this process takes no new work until it can read again");
        } else if (topic == null && logged != null) {
            LOG.atInfo()
                    .addKeyValue("topic", logged)
                    .log("all topics can be read; this process takes new work again");
        }
        logged = topic;
    }

    private void end(FollowHealth follower) {
        LOG.atError()
                .addKeyValue("topic", follower.topic())
                .addKeyValue("exitCode", ENDED)
                .log("a follower has ended; this process drains and ends");
        timer.shutdown();
        exit.accept(ENDED);
    }
}
