package holt.system;

import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.KafkaClients;
import holt.protocol.ModelName;
import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.http.Chat;
import holt.system.rig.time.Await;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two installations on one broker. Both have a model of the same name, and each has one of its own. */
class TopicPrefixIT {
    private static final String ONE = "team-a.holt.";
    private static final String OTHER = "team-b.";

    @TempDir Path directory;

    @Test
    @DisplayName("R102: installations with different prefixes share a broker and nothing else")
    void installationsWithDifferentPrefixesShareNothing() throws Exception {
        try (var cluster = new Cluster(directory);
                var chat = new Chat()) {
            // Given
            Cluster.Api oneApi = cluster.api(prefix(ONE));
            ChildJvm oneWorker = cluster.worker(2, prefix(ONE), "MODELS=scripted,only-a");
            ChildJvm otherWorker = cluster.worker(2, prefix(OTHER), "MODELS=scripted,only-b");
            Cluster.Api otherApi = cluster.api(prefix(OTHER));
            Await.until(() -> chat.lists(otherApi.url(), new ModelName("only-b")));

            // Then each client is answered by its own worker, also after a retry
            for (int i = 0; i < 2; i++) {
                assertAnsweredBy(oneWorker, oneApi, "a" + i, cluster, chat);
                assertAnsweredBy(otherWorker, otherApi, "b" + i, cluster, chat);
            }

            // And neither knows the other's model
            assertThat(chat.lists(oneApi.url(), new ModelName("only-a"))).isTrue();
            assertThat(chat.lists(oneApi.url(), new ModelName("only-b"))).isFalse();
            assertThat(chat.lists(otherApi.url(), new ModelName("only-a"))).isFalse();
            assertThat(chat.ask(oneApi.url(), "model=only-b").status()).isEqualTo(404);

            // And each name on the broker begins with a prefix
            assertThat(topics(cluster.clients()))
                    .contains(ONE + "jobs.scripted", OTHER + "jobs.scripted")
                    .allMatch(TopicPrefixIT::belongsToOne);
            assertThat(groups(cluster.clients()))
                    .contains(ONE + "jobs.scripted", OTHER + "retry.1s", ONE + "owners")
                    .allMatch(TopicPrefixIT::belongsToOne);

            // And a model is forgotten where it was
            otherWorker.signal("TERM");
            assertThat(otherWorker.awaitExit()).isZero();
            assertThat(cluster.forget("scripted --force", prefix(OTHER))).isZero();
            assertThat(topics(cluster.clients()))
                    .contains(ONE + "jobs.scripted")
                    .doesNotContain(OTHER + "jobs.scripted");
        }
    }

    private static void assertAnsweredBy(
            ChildJvm worker, Cluster.Api api, String nonce, Cluster cluster, Chat chat) {
        Chat.Answer answer = chat.ask(api.url(), "nonce=" + nonce + " do=fail times=1");

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(nonce + ".0 ");
        assertThat(cluster.starts(nonce))
                .hasSize(2)
                .allSatisfy(run -> assertThat(cluster.processOf(run)).isSameAs(worker));
    }

    private static boolean belongsToOne(String name) {
        return name.startsWith(ONE) || name.startsWith(OTHER);
    }

    private static Collection<String> topics(KafkaClients clients)
            throws ExecutionException, InterruptedException {
        try (Admin admin = clients.admin()) {
            return admin.listTopics(new ListTopicsOptions().listInternal(false)).names().get();
        }
    }

    private static List<String> groups(KafkaClients clients)
            throws ExecutionException, InterruptedException {
        try (Admin admin = clients.admin()) {
            return admin.listGroups().all().get().stream().map(GroupListing::groupId).toList();
        }
    }

    private static String prefix(String prefix) {
        return "HOLT_KAFKA_TOPIC_PREFIX=" + prefix;
    }
}
