package holt.system.rig.topics;

import static holt.kafka.TestTopics.TOPICS;

import holt.kafka.KafkaClients;
import holt.system.rig.script.ScriptedRunner;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListShareGroupOffsetsSpec;
import org.apache.kafka.clients.admin.SharePartitionOffsetInfo;

/** The jobs in the queues, as the broker counts them. */
public final class Queues {
    private Queues() {}

    /** The number of jobs that no worker has accepted. */
    public static long waiting(KafkaClients clients) {
        try (Admin admin = clients.admin()) {
            return waiting(admin, TOPICS.queue(ScriptedRunner.MODEL.name()));
        }
    }

    private static long waiting(Admin admin, String group) {
        try {
            return admin
                    .listShareGroupOffsets(Map.of(group, new ListShareGroupOffsetsSpec()))
                    .partitionsToOffsetInfo(group)
                    .get()
                    .values()
                    .stream()
                    .filter(Objects::nonNull)
                    .map(SharePartitionOffsetInfo::lag)
                    .flatMap(Optional::stream)
                    .mapToLong(Long::longValue)
                    .sum();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
