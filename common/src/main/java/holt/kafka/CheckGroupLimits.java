package holt.kafka;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListGroupsOptions;
import org.apache.kafka.clients.admin.ShareGroupDescription;

/**
 * Checks that the broker has room for a worker. It is a member of each of its queues' share groups, with a share session each. A member
 * that the broker rejects would retry forever.
 */
final class CheckGroupLimits {
    private static final String MEMBERS = "group.share.max.size";
    private static final String SESSIONS = "group.share.max.share.sessions";

    private CheckGroupLimits() {}

    /**
     * @param added members that the worker adds, by group
     * @throws BrokerUnfitException that names the broker's setting and what it must be
     */
    static void check(Admin admin, BrokerConfig broker, Map<String, Integer> added) {
        Map<String, Integer> members = members(admin);
        added.forEach((group, more) ->
                require(broker, MEMBERS, members.getOrDefault(group, 0) + more, "group " + group));
        int all = sum(members.values()) + sum(added.values());
        require(broker, SESSIONS, all, "all groups together");
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
                        "asking for the members of the groups");
        return described.entrySet().stream()
                .collect(
                        Collectors.toMap(
                                Map.Entry::getKey, group -> group.getValue().members().size()));
    }

    private static void require(BrokerConfig broker, String setting, int needed, String where) {
        long most = broker.number(setting, Long.MAX_VALUE);
        if (most < needed) {
            throw new BrokerUnfitException(
                    "%s would have %d members, but the broker allows %d: set its %s to %d or more"
                            .formatted(where, needed, most, setting, needed));
        }
    }

    private static int sum(Collection<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).sum();
    }
}
