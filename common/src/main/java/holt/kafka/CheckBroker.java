package holt.kafka;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.config.ConfigResource;

/** Checks that the broker has share groups with dead letters, which came with Kafka 4.4. */
final class CheckBroker {
    private static final Set<String> NEEDED =
            Set.of("share.delivery.count.limit", "errors.deadletterqueue.topic.name");

    /** At level 1, the broker accepts the settings of dead letters but writes none. */
    private static final int WITH_DEAD_LETTERS = 2;

    private CheckBroker() {}

    /** @throws BrokerUnfitException with what is missing and what to do */
    static void check(Admin admin, Topics topics) {
        require(shareVersion(admin), groupSettings(admin, topics.checkedGroup()));
    }

    /**
     * @param shareVersion level of the broker's feature; 0 if it has none
     * @param groupSettings that the broker knows
     */
    static void require(int shareVersion, Set<String> groupSettings) {
        if (!groupSettings.containsAll(NEEDED)) {
            throw new BrokerUnfitException("the broker is too old: Holt needs Kafka 4.4 or newer");
        }
        if (shareVersion < WITH_DEAD_LETTERS) {
            throw new BrokerUnfitException(
                    "the broker's feature share.version is %d, but Holt needs %d. Run: kafka-features.sh --bootstrap-server HOST:PORT upgrade --feature share.version=%d"
                            .formatted(shareVersion, WITH_DEAD_LETTERS, WITH_DEAD_LETTERS));
        }
    }

    private static int shareVersion(Admin admin) {
        FinalizedVersionRange share =
                AwaitAdmin.answer(
                                admin.describeFeatures().featureMetadata(),
                                "asking the broker for its features")
                        .finalizedFeatures()
                        .get("share.version");
        return share == null ? 0 : share.maxVersionLevel();
    }

    private static Set<String> groupSettings(Admin admin, String name) {
        var group = new ConfigResource(ConfigResource.Type.GROUP, name);
        return AwaitAdmin.answer(
                        admin.describeConfigs(List.of(group)).all(),
                        "asking the broker for group settings")
                .getOrDefault(group, new Config(List.of()))
                .entries()
                .stream()
                .map(ConfigEntry::name)
                .collect(Collectors.toSet());
    }
}
