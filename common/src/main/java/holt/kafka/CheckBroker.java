package holt.kafka;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.common.config.ConfigResource;

/** Checks that the broker can do what Holt is built on: share groups, and the group settings that came with Kafka 4.4. */
final class CheckBroker {
    private static final Set<String> NEEDED =
            Set.of(
                    "share.delivery.count.limit",
                    "share.renew.acknowledge.enable",
                    "share.partition.max.record.locks",
                    "errors.deadletterqueue.topic.name");

    private CheckBroker() {}

    /**
     * @throws BrokerUnfitException with what is missing and what to do
     */
    static void check(Admin admin) {
        FinalizedVersionRange share =
                EnsureTopics.await(
                                admin.describeFeatures().featureMetadata(),
                                "asking the broker for its features")
                        .finalizedFeatures()
                        .get("share.version");
        if (share == null || share.maxVersionLevel() < 1) {
            throw new BrokerUnfitException(
                    "the broker has share groups switched off: raise its feature share.version to 1 or more");
        }
        var group = new ConfigResource(ConfigResource.Type.GROUP, "holt.check");
        Config config =
                EnsureTopics.await(
                                admin.describeConfigs(List.of(group)).all(),
                                "asking the broker for group settings")
                        .get(group);
        Set<String> known =
                config == null
                        ? Set.of()
                        : config.entries().stream()
                                .map(ConfigEntry::name)
                                .collect(Collectors.toSet());
        if (!known.containsAll(NEEDED)) {
            throw new BrokerUnfitException("the broker is too old: Kafka 4.4 or newer is needed");
        }
    }
}
