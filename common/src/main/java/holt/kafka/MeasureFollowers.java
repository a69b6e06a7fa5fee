package holt.kafka;

import holt.metrics.GaugeRows;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.List;

/** How far each follower of a process is behind its topic. */
public final class MeasureFollowers implements MultiCollector {
    private final List<FollowTopic> followers;

    public MeasureFollowers(List<FollowTopic> followers) {
        this.followers = List.copyOf(followers);
    }

    @Override
    public MetricSnapshots collect() {
        var unread =
                new GaugeRows(
                        "holt_follower_unread_records",
                        "records of a topic that this process has not read");
        var failing =
                new GaugeRows(
                        "holt_follower_failing_seconds",
                        "for how long this process has not been able to read a topic");
        followers.forEach(follower -> {
            FollowHealth health = follower.health();
            unread.add(follower.unread(), "topic", health.topic());
            failing.add(health.failing().toMillis() / 1e3, "topic", health.topic());
        });
        return MetricSnapshots.of(unread.snapshot(), failing.snapshot());
    }
}
