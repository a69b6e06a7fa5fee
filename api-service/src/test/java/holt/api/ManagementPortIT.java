package holt.api;

import static holt.api.edge.RawClient.chat;
import static holt.api.edge.RawClient.get;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.FakeReadiness;
import holt.api.edge.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Health and metrics for operators, on their own port. */
class ManagementPortIT {

    @Test
    void healthAndMetricsAreOnThePortOfTheirOwn() throws IOException {
        try (var server = EdgeServer.start()) {
            assertThat(ask(server.managementPort(), "/health").body()).contains("\"UP\"");
            assertThat(ask(server.managementPort(), "/metrics").body())
                    .contains("jvm_memory_used_bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/prometheus"})
    void theApiKnowsNothingOfIt(String path) throws IOException {
        try (var server = EdgeServer.start()) {
            RawClient.Reply reply = ask(server.port(), path);

            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.body()).contains("\"code\":", "\"error\":");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/env", "/beans", "/shutdown", "/heapdump"})
    void nothingElseIsThere(String path) throws IOException {
        try (var server = EdgeServer.start()) {
            assertThat(ask(server.managementPort(), path).status()).isEqualTo(404);
        }
    }

    @Test
    void healthIsOffWhileTheLastClientsAreAnswered() throws Exception {
        EdgeServer server = EdgeServer.start();
        FakeQueue queue = server.queue();
        int management = server.managementPort();
        queue.behave(FakeQueue.Behaviour.waiting());
        try (var client = new RawClient(server.port())) {
            client.send(
                    chat(
                            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
            Await.until(() -> queue.taken.size() == 1);

            var closed = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);

            Await.until(() -> status(management, "/health") == 503);
            assertThat(closed).isNotDone();
            queue.taken.element().reply(FakeQueue.completed("yo"));
            assertThat(client.reply().body()).contains("\"yo\"");
            closed.get(Await.HUNG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void theApiSaysThatItIsReadyUntilItIsToldToStop() throws Exception {
        EdgeServer server = EdgeServer.start("--holt.api.lame-duck=2m");
        int port = server.port();
        assertThat(ask(port, "/ready").body())
                .isEqualTo("{\"code\":0,\"message\":\"success\",\"status\":\"ready\"}");

        Thread closing = Thread.startVirtualThread(server::close);

        Await.until(() -> status(port, "/ready") == 503);
        assertThat(status(port, "/health")).isEqualTo(200);
        closing.interrupt(); // ends the lame-duck time
        assertThat(closing.join(Await.HUNG)).isTrue();
    }

    @Test
    void whileATopicCannotBeReadBothPortsSayThatTheApiIsNotReady() throws Exception {
        try (EdgeServer server = EdgeServer.start()) {
            server.bean(FakeReadiness.class).why = "this instance cannot read holt.replies";

            assertThat(ask(server.port(), "/ready").status()).isEqualTo(503);
            assertThat(ask(server.port(), "/ready").body()).contains("cannot read holt.replies");
            assertThat(ask(server.managementPort(), "/health").status()).isEqualTo(503);
            assertThat(status(server.port(), "/health")).isEqualTo(200);

            server.bean(FakeReadiness.class).why = null;

            assertThat(status(server.port(), "/ready")).isEqualTo(200);
            assertThat(status(server.managementPort(), "/health")).isEqualTo(200);
        }
    }

    private static int status(int port, String path) {
        try {
            return ask(port, path).status();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RawClient.Reply ask(int port, String path) throws IOException {
        try (var client = new RawClient(port)) {
            return client.send(get(path)).reply();
        }
    }
}
