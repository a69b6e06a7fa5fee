package holt.kafka;

import holt.protocol.ModelName;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

/**
 * Creates the topics that are missing, and configures the queues' share groups. Existing topics stay as they are.
 *
 * <p>Every method throws {@link BrokerUnfitException} if the broker is out of reach or refuses.
 */
public final class EnsureTopics {
    private final KafkaClients clients;
    private final QueueSettings queues;
    private final TopicLayout layout;

    public EnsureTopics(KafkaClients clients, QueueSettings queues) {
        this.clients = clients;
        this.queues = queues;
        this.layout = new TopicLayout(clients.settings(), queues);
    }

    /**
     * The topics that all processes share.
     *
     * @throws BrokerUnfitException also if the broker is too old
     */
    public void shared() {
        try (Admin admin = clients.admin()) {
            CheckBroker.check(admin);
            new CreateTopics(admin).create(layout.shared());
        }
    }

    /**
     * A model's queue topic and its share group. Call it before the first job is sent. The configuration makes a group start at the
     * earliest record; otherwise it would skip the jobs sent before its first member joined.
     */
    public void queueOf(ModelName model) {
        try (Admin admin = clients.admin()) {
            new CreateTopics(admin).create(List.of(layout.queueOf(model)));
            new ConfigureGroups(admin, queues).configure(List.of(Topics.queue(model)));
        }
    }

    /**
     * Checks that the broker has room for these further slots.
     *
     * @param slots by queue topic
     * @throws BrokerUnfitException that names the broker's setting and the value that it needs
     */
    public void checkGroupLimits(Map<String, Integer> slots) {
        try (Admin admin = clients.admin()) {
            CheckGroupLimits.check(admin, slots);
        }
    }
}
