package holt.system.rig.topics;

import holt.kafka.KafkaClients;
import holt.system.rig.time.Await;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;

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
    public static Map<String, Long> waiting(KafkaClients clients) {
        try (Admin admin = clients.admin()) {
            return Await.result(admin.listTopics().names().toCompletionStage()).stream()
                    .filter(Queues::isQueue)
                    .collect(Collectors.toMap(Function.identity(), it -> waiting(admin, it)));
        }
    }

    private static long waiting(Admin admin, String group) {
        return Await.result(
                        admin.listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                                .partitionsToOffsetInfo(group)
                                .toCompletionStage())
                .values()
                .stream()
                // A group that has never read has no offset.
                .filter(Objects::nonNull)
                .mapToLong(it -> it.lag().orElse(UNKNOWN))
                .sum();
    }
}
