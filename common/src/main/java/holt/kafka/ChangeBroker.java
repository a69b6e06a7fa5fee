package holt.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the changes that Holt needs, or tells the operator which commands make them. */
final class ChangeBroker {
    private static final Logger LOG = LoggerFactory.getLogger(ChangeBroker.class);

    private final Admin admin;
    private final KafkaSettings settings;

    ChangeBroker(Admin admin, KafkaSettings settings) {
        this.admin = admin;
        this.settings = settings;
    }

    /**
     * Returns once the broker shows the changes.
     *
     * @throws BrokerUnfitException with the commands, if there are changes and Holt may not make them
     */
    void make(List<BrokerChange> changes) {
        if (changes.isEmpty()) {
            return;
        }
        switch (settings.topics()) {
            case CREATE -> {
                create(only(changes, BrokerChange.Create.class));
                only(changes, BrokerChange.Widen.class).forEach(this::widen);
                configure(only(changes, BrokerChange.Configure.class));
            }
            case CHECK -> throw new BrokerUnfitException(commands(changes));
        }
    }

    private void create(List<BrokerChange.Create> changes) {
        if (!changes.isEmpty()) {
            new CreateTopics(admin)
                    .create(changes.stream().map(BrokerChange.Create::topic).toList());
        }
    }

    private void widen(BrokerChange.Widen change) {
        LOG.atInfo()
                .addKeyValue("topic", change.topic())
                .addKeyValue("partitions", change.partitions())
                .log("a topic has too few partitions; it gets more");
        new CreateTopics(admin).widen(change.topic(), change.partitions());
    }

    private void configure(List<BrokerChange.Configure> changes) {
        if (changes.isEmpty()) {
            return;
        }
        changes.stream()
                .filter(change -> change.of().type() == ConfigResource.Type.TOPIC)
                .forEach(change ->
                        LOG.atInfo()
                                .addKeyValue("topic", change.of().name())
                                .addKeyValue("settings", change.settings())
                                .log(
                                        "a topic's settings are not as Holt needs them; they are set"));
        List<String> names = changes.stream().map(change -> change.of().name()).toList();
        AwaitAdmin.answer(
                admin.incrementalAlterConfigs(
                                changes.stream()
                                        .collect(
                                                Collectors.toMap(
                                                        BrokerChange.Configure::of,
                                                        change -> set(change.settings()))))
                        .all(),
                "setting the configuration of " + names);
        awaitVisible(changes, names);
    }

    private static Collection<AlterConfigOp> set(Map<String, String> settings) {
        return settings.entrySet().stream()
                .map(entry ->
                        new AlterConfigOp(
                                new ConfigEntry(entry.getKey(), entry.getValue()),
                                AlterConfigOp.OpType.SET))
                .toList();
    }

    /** The controller confirms a change before the broker applies it. A member that joins in between would start at the end of the queue. */
    private void awaitVisible(List<BrokerChange.Configure> changes, List<String> names) {
        List<ConfigResource> resources = changes.stream().map(BrokerChange.Configure::of).toList();
        AwaitAdmin.until(
                () -> {
                    Map<ConfigResource, Config> shown =
                            AwaitAdmin.answer(
                                    admin.describeConfigs(resources).all(),
                                    "asking for the configuration of " + names);
                    return changes.stream()
                            .allMatch(change ->
                                    CompareConfigs.differing(
                                                    shown.getOrDefault(
                                                            change.of(), new Config(List.of())),
                                                    change.settings())
                                            .isEmpty());
                },
                "the broker does not show the configuration of " + names);
    }

    private String commands(List<BrokerChange> changes) {
        return changes.stream()
                .map(BrokerChange::command)
                .map(command ->
                        command.replaceFirst(
                                " ", " --bootstrap-server " + settings.bootstrap() + " "))
                .collect(
                        Collectors.joining(
                                "\n  ",
                                "the broker's topics are not as Holt needs them, and holt.kafka.topics=check"
                                        + " lets Holt change nothing. Run these commands, then start again:\n  ",
                                ""));
    }

    private static <T> List<T> only(List<BrokerChange> changes, Class<T> kind) {
        return changes.stream().filter(kind::isInstance).map(kind::cast).toList();
    }
}
