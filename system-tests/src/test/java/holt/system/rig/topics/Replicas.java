package holt.system.rig.topics;

import static holt.kafka.TestTopics.TOPICS;

import holt.kafka.KafkaClients;
import holt.system.rig.time.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.errors.RetriableException;

/** The copies of the partitions: which brokers have them, and which broker leads. */
public final class Replicas {
    /** On a busy machine. */
    private static final Duration LONGEST_CATCH_UP = Duration.ofMinutes(3);

    private Replicas() {}

    /** Returns once each partition has a leader and all its copies are in sync. */
    public static void awaitInSync(KafkaClients clients) {
        try (Admin admin = clients.admin()) {
            Await.until(LONGEST_CATCH_UP, () -> answers(() -> allInSync(admin)));
        }
    }

    /** How many of the copies of each topic must be in sync, such as {@code 2 of 3}. */
    public static Map<String, String> safety(KafkaClients clients) {
        try (Admin admin = clients.admin()) {
            var safety = new TreeMap<String, String>();
            partitions(admin, _ -> true)
                    .forEach((partition, info) ->
                            safety.computeIfAbsent(
                                    partition.topic(),
                                    topic ->
                                            leastInSync(admin, topic)
                                                    + " of "
                                                    + info.replicas().size()));
            return safety;
        }
    }

    private static String leastInSync(Admin admin, String topic) {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        return answer(admin.describeConfigs(List.of(resource)).all())
                .get(resource)
                .get(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG)
                .value();
    }

    /**
     * Gives each partition of the queues and events another leader, as an operator or Kafka itself moves leaders. Returns once all have
     * moved.
     *
     * @return the number of partitions
     */
    public static int moveLeaders(KafkaClients clients) {
        try (Admin admin = clients.admin()) {
            Map<TopicPartition, List<Integer>> moved = new HashMap<>();
            partitions(admin, Replicas::carriesJobs)
                    .forEach((partition, info) -> moved.put(partition, rotated(info.replicas())));
            var order = new HashMap<TopicPartition, Optional<NewPartitionReassignment>>();
            moved.forEach((partition, replicas) ->
                    order.put(partition, Optional.of(new NewPartitionReassignment(replicas))));
            answer(admin.alterPartitionReassignments(order).all());
            Await.until(() -> answer(admin.listPartitionReassignments().reassignments()).isEmpty());
            Await.until(() -> elect(admin, moved.keySet()));
            Await.until(() ->
                    partitions(admin, Replicas::carriesJobs).entrySet().stream()
                            .allMatch(
                                    it -> leads(moved.get(it.getKey()).getFirst(), it.getValue())));
            return moved.size();
        }
    }

    private static boolean carriesJobs(String topic) {
        return Queues.isQueue(topic) || topic.equals(TOPICS.events());
    }

    /** False while a new leader is not in sync. */
    private static boolean elect(Admin admin, Set<TopicPartition> partitions) {
        return answer(admin.electLeaders(ElectionType.PREFERRED, partitions).partitions())
                .values()
                .stream()
                .flatMap(Optional::stream)
                .allMatch(failure -> {
                    if (failure instanceof ElectionNotNeededException) {
                        return true;
                    }
                    if (failure instanceof RetriableException) {
                        return false;
                    }
                    throw new IllegalStateException(failure);
                });
    }

    private static boolean allInSync(Admin admin) {
        return partitions(admin, _ -> true).values().stream()
                .allMatch(it ->
                        it.leader() != null
                                && !it.leader().isEmpty()
                                && it.isr().size() == it.replicas().size());
    }

    private static boolean leads(int node, TopicPartitionInfo partition) {
        return partition.leader() != null && partition.leader().id() == node;
    }

    private static List<Integer> rotated(List<Node> replicas) {
        var nodes = new ArrayList<>(replicas.stream().map(Node::id).toList());
        Collections.rotate(nodes, -1);
        return nodes;
    }

    private static Map<TopicPartition, TopicPartitionInfo> partitions(
            Admin admin, Predicate<String> topics) {
        Collection<String> names =
                answer(admin.listTopics(new ListTopicsOptions().listInternal(true)).names())
                        .stream()
                        .filter(topics)
                        .toList();
        var partitions = new HashMap<TopicPartition, TopicPartitionInfo>();
        answer(admin.describeTopics(names).allTopicNames())
                .forEach((name, topic) ->
                        topic.partitions()
                                .forEach(it ->
                                        partitions.put(
                                                new TopicPartition(name, it.partition()), it)));
        return partitions;
    }

    /** False while the brokers cannot say. */
    private static boolean answers(BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RetriableException) {
                return false;
            }
            throw e;
        }
    }

    private static <T> T answer(KafkaFuture<T> future) {
        return Await.result(future.toCompletionStage());
    }
}
