package holt.api.node;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import holt.api.models.TestCatalog;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import tools.jackson.databind.JsonNode;

/** Nodes that answer wrongly, slowly or with a refusal. Health shows why, and the registration recovers. */
@ExtendWith(OutputCaptureExtension.class)
class NodeTroubleIT {
    @TempDir Path temp;

    private FakeNode node;

    @BeforeEach
    void startNode() throws IOException {
        node = FakeNode.start(temp.resolve("node.json"), 0);
    }

    @AfterEach
    void stopNode() {
        node.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"message\":                             | its answer is not readable",
                "200 | []                                        | its answer is not readable",
                "200 | ''                                        | its answer is not readable",
                "200 | {\"code\":\"0\",\"message\":\"ok\"}       | its answer is not readable",
                "200 | {\"message\":\"ok\"}                      | its answer has no peer_id",
                "200 | {\"code\":1005,\"message\":\"too late\"}  | code 1005: too late",
                "500 | {\"code\":5000,\"message\":\"disk full\"} | HTTP 500: disk full",
                "502 | <html>                                    | HTTP 502",
                "404 | 404 page not found                        | HTTP 404"
            })
    void triesAgainUntilTheNodeAnswersWell(int status, String body, String problem) {
        node.answer(_ -> new FakeNode.Answer(status, body));
        try (EdgeServer server = start("http://127.0.0.1:1088")) {
            Await.until(() -> ReadHealth.state(server).equals("retrying"));

            assertThat(ReadHealth.node(server).get("problem").asString()).isEqualTo(problem);
            assertThat(ReadHealth.status(server)).isEqualTo("UNKNOWN");
            assertThat(ReadHealth.whole(server).status()).isEqualTo(200);

            node.recover();
            Await.until(() -> node.entries().size() == 4);
            Await.until(() -> ReadHealth.status(server).equals("UP"));
            assertThat(ReadHealth.node(server).get("entries").toString())
                    .contains("m (c1-chat)", "painter (c1-edits)");
        }
    }

    @Test
    void registersThoughTheNodeCannotListWhatItHas() {
        node.answer(call -> new FakeNode.Answer(call.registers() ? 200 : 500, "{}"));
        try (EdgeServer server = start("http://127.0.0.1:1088")) {
            Await.until(() ->
                    node.calls().stream()
                                    .filter(FakeNode.Call::registers)
                                    .map(FakeNode.Call::body)
                                    .distinct()
                                    .count()
                            == 4);
            assertThat(ReadHealth.whole(server).status()).isEqualTo(200);
        }
    }

    @Test
    void aSlowNodeDelaysNeitherRequestsNorTheStop() throws IOException {
        node.fallSilent();
        EdgeServer server = start("http://127.0.0.1:1088", "--holt.node.timeout=300ms");
        try (server;
                var client = new RawClient(server.port())) {
            Await.until(() -> ReadHealth.state(server).equals("retrying"));

            assertThat(ReadHealth.node(server).get("problem").asString())
                    .isEqualTo("no answer within 300 ms");
            assertThat(client.send(RawClient.get("/v1/models")).reply().status()).isEqualTo(200);

            node.recover();
            Await.until(() -> node.entries().size() == 4);
            node.fallSilent();
        }
        assertThat(node.entries()).hasSize(4);
    }

    @Test
    void theStopDoesNotWaitForANodeThatNeverAnswers() throws Exception {
        node.fallSilent();
        var reconcile =
                new ReconcileNode(
                        new NodeClient(node.url(), Duration.ofHours(1)),
                        new WantedEntries(new TestCatalog(), "P", "http://127.0.0.1:1088", "c1"),
                        new BackOff(Duration.ofSeconds(45), RandomGenerator.getDefault()));
        reconcile.start();
        Await.until(() -> !node.calls().isEmpty());

        CompletableFuture.runAsync(reconcile::close, Thread::startVirtualThread)
                .get(Await.HUNG.toSeconds(), TimeUnit.SECONDS);

        assertThat(reconcile.status().state()).isNotEqualTo(NodeStatus.State.REGISTERED);
    }

    @Test
    void registersARefusedEntryNoMoreAndShowsWhy() {
        try (EdgeServer server = start("http://203.0.113.7:1088")) {
            Await.until(() -> looks() >= 4);

            JsonNode health = ReadHealth.node(server);
            assertThat(health.get("state").asString()).isEqualTo("refused");
            assertThat(health.get("refused").get("m (c1-chat)").asString())
                    .isEqualTo("HTTP 400: the url and the node are not on the same machine");
            List<String> asked =
                    node.calls().stream()
                            .filter(FakeNode.Call::registers)
                            .map(FakeNode.Call::body)
                            .toList();
            assertThat(asked).hasSize(4).doesNotHaveDuplicates();
        }
    }

    @Test
    void onlyTheNodeSeesTheSecretPath(CapturedOutput log) {
        node.answer(call ->
                call.registers()
                        ? FakeNode.Answer.wrong(
                                1001, "parse " + call.json().get("api").asString() + " failed")
                        : FakeNode.Answer.of(200, Map.of("peer_id", "p")));
        try (EdgeServer server =
                start(
                        "http://127.0.0.1:1088/k/otter/",
                        // The pattern shows the keys and their values.
                        "--logging.pattern.console=%m %kvp%n")) {
            Await.until(() -> looks() >= 2);

            assertThat(node.calls())
                    .anyMatch(call ->
                            call.body()
                                    .contains(
                                            "\"http://127.0.0.1:1088/k/otter/v1/chat/completions\""));
            assertThat(ReadHealth.whole(server).body())
                    .contains("parse the advertised URL failed")
                    .doesNotContain("otter");
            assertThat(log.getAll())
                    .contains("parse the advertised URL failed")
                    .doesNotContain("otter");
        }
    }

    @Test
    void warnsOnceThatRemoteClientsCannotOpenPictureUrls(CapturedOutput log) {
        try (EdgeServer _ = start("http://127.0.0.1:1088")) {
            Await.until(() -> looks() >= 1);
        }

        assertThat(log.getAll()).containsOnlyOnce("holt.api.public-url is not set");
    }

    @Test
    void warnsOfNoPictureUrlsIfTheirAddressIsSet(CapturedOutput log) {
        try (EdgeServer _ =
                start("http://127.0.0.1:1088", "--holt.api.public-url=https://holt.example.org")) {
            Await.until(() -> looks() >= 1);
        }

        assertThat(log.getAll()).doesNotContain("holt.api.public-url");
    }

    private long looks() {
        return node.calls().stream()
                .filter(call -> call.path().equals("/api/v0/ai/project/peer"))
                .count();
    }

    private EdgeServer start(String advertised, String... settings) {
        var all =
                new ArrayList<>(
                        List.of(
                                "--holt.node.urls=" + node.url(),
                                "--holt.node.advertised-url=" + advertised,
                                "--holt.node.cid=c1",
                                "--holt.node.look-every=200ms",
                                "--holt.api.project=P"));
        all.addAll(List.of(settings));
        return EdgeServer.start(all.toArray(String[]::new));
    }
}
