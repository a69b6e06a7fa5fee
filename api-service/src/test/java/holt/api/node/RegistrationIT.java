package holt.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.models.TestCatalog;
import holt.tls.PrivateCa;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.NoSuchBeanDefinitionException;
import tools.jackson.databind.JsonNode;

/** The entries at a node, while models, instances and the node itself come and go. */
class RegistrationIT {
    private static final String CHAT =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    @TempDir Path temp;

    private FakeNode node;
    private final List<EdgeServer> servers = new ArrayList<>();

    @BeforeEach
    void startNode() throws IOException {
        node = FakeNode.start(temp.resolve("node.json"), 0);
    }

    @AfterEach
    void stop() {
        servers.forEach(EdgeServer::close);
        node.close();
    }

    @Test
    void registersEachModelOnceForEachEndpoint() {
        EdgeServer server = start("c1");

        Await.until(() -> node.entries().size() == 4);

        String base = "http://127.0.0.1:" + server.port() + "/v1/";
        assertThat(node.entries())
                .containsExactly(
                        new Entry("P", "ORG/NAME", base + "chat/completions", 0, "c1-chat"),
                        new Entry("P", "m", base + "chat/completions", 0, "c1-chat"),
                        new Entry("P", "painter", base + "images/generations", 1, "c1-generations"),
                        new Entry("P", "painter", base + "images/edits", 2, "c1-edits"));
        assertThat(node.mostWriting()).isEqualTo(1);
    }

    @Test
    void registersHttpsUrlsWithTls() throws Exception {
        PrivateCa ca = PrivateCa.create(temp);
        EdgeServer server =
                start(
                        "c1",
                        "--holt.api.tls.certificate=" + ca.certificate(),
                        "--holt.api.tls.key=" + ca.key());

        Await.until(() -> node.entries().size() == 4);

        assertThat(node.entries())
                .allMatch(entry -> entry.api().startsWith("https://127.0.0.1:" + server.port()));
    }

    @Test
    void sendsWhatTheNodeReads() {
        start("c1");
        Await.until(() -> node.entries().size() == 4);

        JsonNode sent =
                node.calls().stream()
                        .filter(FakeNode.Call::registers)
                        .findFirst()
                        .orElseThrow()
                        .json();

        JsonNode vector = NodeVectors.registration(17).get("body");
        assertThat(sent.propertyNames()).containsExactlyElementsOf(vector.propertyNames());
        for (String field : vector.propertyNames()) {
            assertThat(sent.get(field).getNodeType())
                    .as(field)
                    .isEqualTo(vector.get(field).getNodeType());
        }
    }

    @Test
    void isOffUnlessASettingNamesANode() {
        try (EdgeServer server = EdgeServer.start("--holt.node.urls=")) {
            assertThatThrownBy(() -> server.bean(Registration.class))
                    .isInstanceOf(NoSuchBeanDefinitionException.class);
        }
    }

    @Test
    void registersAgainWhatTheNodeHasForgotten() {
        start("c1");
        Await.until(() -> node.entries().size() == 4);

        node.keep(node.entries().subList(0, 1));

        Await.until(() -> node.entries().size() == 4);
    }

    @Test
    void registersNothingWithANodeThatComesBackWithItsEntries() throws IOException {
        EdgeServer server = start("c1");
        Await.until(() -> node.entries().size() == 4);
        int port = node.port();

        node.close();
        Await.until(() -> ReadHealth.state(server).equals("retrying"));
        node = FakeNode.start(temp.resolve("node.json"), port);
        Await.until(() -> ReadHealth.state(server).equals("registered"));

        assertThat(node.calls()).noneMatch(FakeNode.Call::registers);
        assertThat(node.entries()).hasSize(4);
    }

    @Test
    void startsAndServesWithoutTheNodeAndRegistersWhenItComes() throws IOException {
        int port = node.port();
        node.close();

        EdgeServer server = start("c1", "--holt.node.urls=http://127.0.0.1:" + port);
        Await.until(() -> ReadHealth.state(server).equals("retrying"));
        assertThat(chat(server).status()).isEqualTo(200);

        node = FakeNode.start(temp.resolve("node.json"), port);
        Await.until(() -> node.entries().size() == 4);
    }

    @Test
    void followsTheModelsThatAreServed() {
        EdgeServer server = start("c1");
        Await.until(() -> node.entries().size() == 4);
        TestCatalog catalog = server.bean(TestCatalog.class);

        catalog.serveOnly("m");
        Await.until(() -> models().equals(Set.of("m")));

        catalog.serveOnly("m", "painter");
        Await.until(() -> node.entries().size() == 3);
        assertThat(models()).containsExactlyInAnyOrder("m", "painter");
    }

    @Test
    void instancesKeepEntriesOfTheirOwn() {
        EdgeServer one = start("c1");
        EdgeServer two = start("c2");
        Await.until(() -> node.entries().size() == 8);

        one.close();

        assertThat(node.entries())
                .hasSize(4)
                .allMatch(entry -> entry.api().contains(":" + two.port() + "/"));
    }

    @Test
    void removesEntriesOfAnEarlierRunAndNoOthers() {
        var leftBehind = new Entry("P", "old", "http://127.0.0.1:9/v1/chat", 0, "c1-chat");
        var moved = new Entry("P", "m", "http://127.0.0.1:9/v1/chat/completions", 0, "c1-chat");
        var others =
                List.of(
                        new Entry("P", "m", "http://127.0.0.1:9/v1/chat/completions", 0, "x-chat"),
                        new Entry("Q", "old", "http://127.0.0.1:9/v1/chat", 0, "c1-chat"));
        node.keep(List.of(leftBehind, moved, others.get(0), others.get(1)));

        start("c1");

        Await.until(() -> node.entries().size() == 6 && !node.entries().contains(leftBehind));
        assertThat(node.entries()).containsAll(others).doesNotContain(moved);
    }

    @Test
    void removesEntriesWithItsUrlAndAnEarlierCid() {
        EdgeServer server = start("c1");
        Await.until(() -> node.entries().size() == 4);
        Entry ours = node.entries().getFirst();

        node.keep(List.of(new Entry("P", ours.model(), ours.api(), 0, "former-chat")));

        Await.until(() -> node.entries().size() == 4 && cids().equals(cidsOf("c1")));
        assertThat(server.port()).isPositive();
    }

    @Test
    void unregistersAsTheFirstStepOfTheStop() throws Exception {
        EdgeServer server = start("c1");
        Await.until(() -> node.entries().size() == 4);
        FakeQueue queue = server.queue();
        queue.behave(FakeQueue.Behaviour.waiting());
        try (var client = new RawClient(server.port())) {
            client.send(RawClient.chat(CHAT));
            Await.until(() -> queue.taken.size() == 1);

            var closed = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);
            Await.until(() -> node.entries().isEmpty());

            assertThat(closed).isNotDone();
            queue.taken.element().reply(FakeQueue.completed("yo"));
            assertThat(client.reply().body()).contains("\"yo\"");
            closed.get(Await.HUNG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void listsTheAddressesThatItRegisters() throws IOException {
        EdgeServer server = start("c1");
        Await.until(() -> node.entries().size() == 4);

        try (var client = new RawClient(server.port())) {
            String list =
                    client.send(
                                    RawClient.bytes(
                                            "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1:"
                                                    + server.port()
                                                    + "\r\n\r\n"))
                            .reply()
                            .body();

            assertThat(node.entries()).allMatch(entry -> list.contains("\"" + entry.api() + "\""));
        }
    }

    private EdgeServer start(String cid, String... settings) {
        var all =
                new ArrayList<>(
                        List.of(
                                "--holt.node.urls=" + node.url(),
                                "--holt.node.cid=" + cid,
                                "--holt.node.look-every=200ms",
                                "--holt.api.project=P"));
        Arrays.stream(settings)
                .forEach(setting -> {
                    String key = setting.substring(0, setting.indexOf('=') + 1);
                    all.removeIf(other -> other.startsWith(key));
                    all.add(setting);
                });
        EdgeServer server = EdgeServer.start(all.toArray(String[]::new));
        servers.add(server);
        return server;
    }

    private Set<String> models() {
        return node.entries().stream().map(Entry::model).collect(Collectors.toSet());
    }

    private Set<String> cids() {
        return node.entries().stream().map(Entry::cid).collect(Collectors.toSet());
    }

    private static Set<String> cidsOf(String base) {
        return Set.of(base + "-chat", base + "-generations", base + "-edits");
    }

    private static RawClient.Reply chat(EdgeServer server) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(RawClient.chat(CHAT)).reply();
        }
    }
}
