package holt.system.rig.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.Resource;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The ACLs that the commands in docs/operations.md create. So the page lists neither too few rights for the tests nor other ones. */
public final class DocumentedRights {
    private static final Path PAGE = Path.of("..", "docs", "operations.md");

    /** A command of the page: {@code allow PRINCIPAL} and options of {@code kafka-acls}. */
    private static final String COMMAND = "allow ";

    private DocumentedRights() {}

    public static List<AclBinding> read() {
        try (Stream<String> lines = Files.lines(PAGE)) {
            return lines.filter(line -> line.startsWith(COMMAND))
                    .flatMap(line -> rights(line).stream())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<AclBinding> rights(String command) {
        Iterator<String> words =
                Arrays.asList(command.substring(COMMAND.length()).split("\\s+")).iterator();
        String principal = words.next();
        var operations = new ArrayList<AclOperation>();
        var resources = new ArrayList<Resource>();
        var pattern = PatternType.LITERAL;
        while (words.hasNext()) {
            switch (words.next()) {
                case "--operation" -> operations.add(operation(words.next()));
                case "--topic" -> resources.add(new Resource(ResourceType.TOPIC, words.next()));
                case "--group" -> resources.add(new Resource(ResourceType.GROUP, words.next()));
                case "--cluster" ->
                        resources.add(new Resource(ResourceType.CLUSTER, Resource.CLUSTER_NAME));
                case "--resource-pattern-type" ->
                        pattern = PatternType.valueOf(words.next().toUpperCase(Locale.ROOT));
                case String other -> throw new IllegalArgumentException(other + " in " + command);
            }
        }
        PatternType type = pattern;
        return resources.stream()
                .map(it -> new ResourcePattern(it.resourceType(), it.name(), type))
                .flatMap(
                        it -> operations.stream().map(operation -> allow(principal, operation, it)))
                .toList();
    }

    /** Such as {@code DescribeConfigs}. */
    private static AclOperation operation(String name) {
        return AclOperation.valueOf(
                name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toUpperCase(Locale.ROOT));
    }

    private static AclBinding allow(
            String principal, AclOperation operation, ResourcePattern resource) {
        return new AclBinding(
                resource,
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }
}
