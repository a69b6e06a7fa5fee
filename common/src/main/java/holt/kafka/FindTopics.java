package holt.kafka;

import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Asks the broker which topics it has. */
public final class FindTopics implements AutoCloseable {
    private final Admin admin;

    public FindTopics(KafkaClients clients) {
        admin = clients.admin();
    }

    /**
     * Whether the broker has the topic. May block for seconds.
     *
     * @throws BrokerUnfitException if the broker does not say
     */
    public boolean has(String topic) {
        try {
            AwaitAdmin.answer(
                    admin.describeTopics(List.of(topic)).allTopicNames(),
                    "asking for topic " + topic);
            return true;
        } catch (BrokerUnfitException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void close() {
        admin.close();
    }
}
