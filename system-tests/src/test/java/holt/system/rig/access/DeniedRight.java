package holt.system.rig.access;

import holt.kafka.KafkaClients;
import holt.system.rig.time.Await;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** A right that a user lacks until this is closed. */
public final class DeniedRight implements AutoCloseable {
    private final KafkaClients admin;
    private final AclBinding denial;

    /**
     * @param admin clients of {@link User#ADMIN}
     * @param topics the beginning of the topics' names
     */
    public DeniedRight(KafkaClients admin, User user, AclOperation operation, String topics) {
        this.admin = admin;
        denial =
                new AclBinding(
                        new ResourcePattern(ResourceType.TOPIC, topics, PatternType.PREFIXED),
                        new AccessControlEntry(
                                user.principal(), "*", operation, AclPermissionType.DENY));
        try (Admin client = admin.admin()) {
            Await.result(client.createAcls(List.of(denial)).all().toCompletionStage());
        }
    }

    /** Gives the right back. */
    @Override
    public void close() {
        try (Admin client = admin.admin()) {
            Await.result(client.deleteAcls(List.of(denial.toFilter())).all().toCompletionStage());
        }
    }
}
