package holt.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ShareGroupDescription;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/**
 * Checks that the broker has room for a worker's slots. Each slot is a member of its queue's share group and has a share session. A slot
 * that the broker rejects would retry forever.
 */
final class CheckGroupLimits {
    private static final String MEMBERS = "group.share.max.size";
    private static final String SESSIONS = "group.share.max.share.sessions";

    private CheckGroupLimits() {}

    /**
     * @param slots that the worker adds, by group
     * @throws BrokerUnfitException that names the broker's setting and what it must be
     */
    static void check(Admin admin, Map<String, Integer> slots) {
        Node node =
                AwaitAdmin.answer(admin.describeCluster().nodes(), "asking for the brokers")
                        .iterator()
                        .next();
        var broker = new ConfigResource(ConfigResource.Type.BROKER, node.idString());
        Config config =
                AwaitAdmin.answer(
                                admin.describeConfigs(List.of(broker)).all(),
                                "asking the broker for its settings")
                        .getOrDefault(broker, new Config(List.of()));
        Map<String, Integer> members = members(admin);
        slots.forEach((group, more) ->
                require(config, MEMBERS, members.getOrDefault(group, 0) + more, "group " + group));
        int all = sum(members.values()) + sum(slots.values());
        require(config, SESSIONS, all, "all groups together");
    }

    private static Map<String, Integer> members(Admin admin) {
        List<String> groups =
                AwaitAdmin.answer(
                                admin.listGroups(ListGroupsOptions.forShareGroups()).all(),
                                "asking for the share groups")
                        .stream()
                        .map(GroupListing::groupId)
                        .toList();
        Map<String, ShareGroupDescription> described =
                AwaitAdmin.answer(
                        admin.describeShareGroups(groups).all(),
                        "asking for the slots of the groups");
        return described.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, group -> group.getValue().members().size()));
    }

    private static void require(Config config, String setting, int needed, String where) {
        ConfigEntry entry = config.get(setting);
        if (entry != null && entry.value() != null && Integer.parseInt(entry.value()) < needed) {
            throw new BrokerUnfitException(
                    "%s would have %d slots, but the broker allows %s: set its %s to %d or more"
                            .formatted(where, needed, entry.value(), setting, needed));
        }
    }

    private static int sum(Collection<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }
}
