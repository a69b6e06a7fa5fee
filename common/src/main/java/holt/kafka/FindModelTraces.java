package holt.kafka;

import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** Finds what the broker holds of a model. */
public final class FindModelTraces {
    private final KafkaClients clients;
    private final Topics topics;

    public FindModelTraces(KafkaClients clients) {
        this.clients = clients;
        this.topics = clients.topics();
    }

    /**
     * Takes as long as a worker may live without a heartbeat: 6 s by default.
     *
     * @throws BrokerUnfitException if the broker is away or refuses
     */
    public ModelTraces of(ModelName model) {
        try (Admin admin = clients.admin()) {
            Set<String> all = AwaitAdmin.answer(admin.listTopics().names(), "asking for topics");
            var waiting = new TreeMap<String, Long>();
            Stream.of(topics.queue(model))
                    .filter(all::contains)
                    .forEach(queue -> waiting.put(queue, waiting(admin, queue)));
            return new ModelTraces(
                    model,
                    waiting,
                    all.contains(topics.settings()) && isKnown(model),
                    all.contains(topics.workers()) ? workers(model) : Set.of());
        }
    }

    private static long waiting(Admin admin, String queue) {
        var find = new FindOffsets(admin, queue, List.of());
        Map<TopicPartition, Long> starts = find.at(OffsetSpec.earliest());
        Map<TopicPartition, SharePartitionOffsetInfo> group = groupOffsets(admin, queue);
        return find.at(OffsetSpec.latest()).entrySet().stream()
                .mapToLong(end -> {
                    SharePartitionOffsetInfo info = group.get(end.getKey());
                    long start = starts.getOrDefault(end.getKey(), 0L);
                    return info == null
                            ? end.getValue() - start
                            : info.lag()
                                    .orElse(end.getValue() - Math.max(start, info.startOffset()));
                })
                .sum();
    }

    /** Empty for a group that has read nothing. */
    private static Map<TopicPartition, SharePartitionOffsetInfo> groupOffsets(
            Admin admin, String group) {
        try {
            return AwaitAdmin.answer(
                    admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                            .partitionsToOffsetInfo(group),
                    "asking for the share group " + group);
        } catch (BrokerUnfitException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return Map.of();
            }
            throw e;
        }
    }

    private boolean isKnown(ModelName model) {
        var known = new AtomicBoolean();
        String key = KnownModel.key(model);
        try (var _ =
                new FollowTopic(
                                clients,
                                topics.settings(),
                                List.of(),
                                new FollowTopic.From.Beginning(),
                                record -> {
                                    if (key.equals(record.key())) {
                                        known.set(record.value() != null);
                                    }
                                })
                        .awaitCaughtUp()) {
            return known.get();
        }
    }

    /** Listens for new heartbeats, since the local clock may differ from the broker's. The newest old one shows when the follower reads. */
    private Set<WorkerId> workers(ModelName model) {
        var listening = new AtomicBoolean();
        Set<WorkerId> workers = ConcurrentHashMap.newKeySet();
        try (var _ =
                FollowTopic.messages(
                                clients,
                                topics.workers(),
                                new FollowTopic.From.Since(Instant.EPOCH, 1),
                                Heartbeat.class,
                                (heartbeat, _) -> {
                                    if (listening.get()) {
                                        note(heartbeat, model, workers);
                                    }
                                })
                        .awaitCaughtUp()) {
            listening.set(true);
            Thread.sleep(clients.settings().deadAfter());
            return Set.copyOf(workers);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokerUnfitException("interrupted while listening for workers", e);
        }
    }

    private static void note(Heartbeat heartbeat, ModelName model, Set<WorkerId> workers) {
        switch (heartbeat) {
            case Heartbeat.OfWorker(WorkerId worker, var _, var serving, var _) -> {
                if (serving.stream().anyMatch(it -> it.model().name().equals(model))) {
                    workers.add(worker);
                }
            }
            case Heartbeat.WorkerGone(WorkerId worker) -> workers.remove(worker);
            case Heartbeat.OfApi _, Heartbeat.ApiGone _ -> {}
        }
    }
}
