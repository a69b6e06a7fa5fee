package holt.system.rig.topics;

import static holt.kafka.TestTopics.TOPICS;

import holt.api.queue.usage.UsageRow;
import holt.kafka.KafkaClients;
import java.util.List;

/** All records of {@code holt.usage}. */
public final class UsageRows {
    private UsageRows() {}

    /** Reads the topic to its current end. */
    public static List<UsageRow> read(KafkaClients clients) {
        return ReadTopic.messages(clients, TOPICS.usage(), UsageRow.class);
    }
}
