package holt.kafka;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.config.ConfigResource;

/** Checks that the broker has share groups, and the group settings that came with Kafka 4.4. */
final class CheckBroker {
    private static final Set<String> NEEDED =
            Set.of(
                    "share.delivery.count.limit",
                    "share.partition.max.record.locks",
                    "errors.deadletterqueue.topic.name");

    private CheckBroker() {}

    /** @throws BrokerUnfitException with what is missing and what to do */
    static void check(Admin admin) {
        require(shareVersion(admin), groupSettings(admin));
    }

    /**
     * @param shareVersion level of the broker's feature; 0 if it has none
     * @param groupSettings that the broker knows
     */
    static void require(int shareVersion, Set<String> groupSettings) {
        if (shareVersion < 1) {
            throw new BrokerUnfitException(
                    "share groups are off on the broker: raise its feature share.version to 1 or more");
        }
        if (!groupSettings.containsAll(NEEDED)) {
            throw new BrokerUnfitException("the broker is too old: Holt needs Kafka 4.4 or newer");
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

    private static Set<String> groupSettings(Admin admin) {
        var group = new ConfigResource(ConfigResource.Type.GROUP, "holt.check");
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
