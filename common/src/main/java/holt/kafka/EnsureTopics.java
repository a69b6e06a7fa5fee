package holt.kafka;

import holt.protocol.ModelName;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the topics and the queues' share groups as Holt needs them. If {@code holt.kafka.topics} is {@code check}, it changes nothing and
 * tells which commands do.
 *
 * <p>Every method throws {@link BrokerUnfitException} if the broker is out of reach or refuses, or if topics do not fit.
 */
public final class EnsureTopics {
    private static final Logger LOG = LoggerFactory.getLogger(EnsureTopics.class);

    private final KafkaClients clients;
    private final QueueSettings queues;
    private final TopicLayout layout;

    public EnsureTopics(KafkaClients clients, QueueSettings queues) {
        this.clients = clients;
        this.queues = queues;
        this.layout = new TopicLayout(clients.topics(), clients.settings(), queues);
    }

    /**
     * The topics that all processes share.
     *
     * @throws BrokerUnfitException also if the broker is too old
     */
    public void shared() {
        try (Admin admin = clients.admin()) {
            CheckBroker.check(admin, clients.topics());
            ensure(admin, layout.shared(), List.of());
            warnOfSingleCopies(BrokerConfig.read(admin));
        }
    }

    /**
     * A model's queue topic and its share group. Call it before the first job is sent. The configuration makes a group start at the
     * earliest record; otherwise it would skip the jobs sent before its first member joined.
     */
    public void queueOf(ModelName model) {
        try (Admin admin = clients.admin()) {
            ensure(admin, List.of(layout.queueOf(model)), List.of(clients.topics().queue(model)));
        }
    }

    /**
     * Checks that the broker has room for these further members of groups.
     *
     * @param members by queue topic
     * @throws BrokerUnfitException that names the broker's setting and the value that it needs
     */
    public void checkGroupLimits(Map<String, Integer> members) {
        try (Admin admin = clients.admin()) {
            BrokerConfig broker = BrokerConfig.read(admin);
            CheckGroupLimits.check(admin, broker, members);
            new CompareGroups(admin, broker, clients.topics(), queues).tellSession();
        }
    }

    private void warnOfSingleCopies(BrokerConfig broker) {
        short set = clients.settings().replication();
        if (broker.isCluster() && (set > 0 ? set : broker.copies()) == 1) {
            LOG.warn(
                    "each topic has one copy, so Holt stops while any broker is away; set default.replication.factor"
                            + " on the brokers, or holt.kafka.replication");
        }
    }

    private void ensure(Admin admin, List<NewTopic> topics, List<String> groups) {
        BrokerConfig broker = BrokerConfig.read(admin);
        Stream<BrokerChange> changes =
                Stream.concat(
                        new CompareTopics(admin, broker, clients.topics()).changes(topics),
                        new CompareGroups(admin, broker, clients.topics(), queues).changes(groups));
        new ChangeBroker(admin, clients.settings()).make(changes.toList());
    }
}
