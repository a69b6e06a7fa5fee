package holt.system.rig.topics;

import holt.kafka.KafkaClients;
import holt.system.rig.time.Await;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/** The jobs in the queues, as the brokers count them. */
public final class Queues {
    /** The count of a queue that its broker cannot tell now. */
    private static final long UNKNOWN = -1;

    private Queues() {}

    public static boolean isQueue(String topic) {
        return topic.startsWith("holt.jobs.");
    }

    /** Whether every queue holds that many records that no worker has accepted. False while a broker cannot tell. */
    public static boolean allHold(KafkaClients clients, long records) {
        return waiting(clients).values().stream().allMatch(waiting -> waiting == records);
    }

    /** The number of records of each queue that no worker has accepted, {@code -1} while its broker cannot tell. */
    private static Map<String, Long> waiting(KafkaClients clients) {
        try (Admin admin = clients.admin()) {
            return answer(admin.listTopics().names()).stream()
                    .filter(Queues::isQueue)
                    .collect(Collectors.toMap(Function.identity(), it -> waiting(admin, it)));
        }
    }

    private static long waiting(Admin admin, String queue) {
        var partition = new TopicPartition(queue, 0);
        SharePartitionOffsetInfo read =
                answer(
                                admin.listShareGroupOffsets(
                                                Map.of(queue, new ListShareGroupOffsetsSpec()))
                                        .partitionsToOffsetInfo(queue))
                        .get(partition);
        // All records of a queue wait that its group has never read.
        return read == null ? end(admin, partition) : read.lag().orElse(UNKNOWN);
    }

    private static long end(Admin admin, TopicPartition partition) {
        return answer(
                        admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                                .partitionResult(partition))
                .offset();
    }

    private static <T> T answer(KafkaFuture<T> future) {
        return Await.result(future.toCompletionStage());
    }
}
