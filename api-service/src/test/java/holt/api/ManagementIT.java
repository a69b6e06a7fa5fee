package holt.api;

import static holt.api.RawClient.chat;
import static holt.api.RawClient.get;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.Environment;

/** What operators ask has a port of its own. */
class ManagementIT {

    @Test
    void healthAndMetricsAreOnThePortOfTheirOwn() throws IOException {
        try (var server = EdgeServer.start()) {
            assertThat(ask(management(server), "/health").body()).contains("\"UP\"");
            assertThat(ask(management(server), "/metrics").body())
                    .contains("jvm_memory_used_bytes");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/actuator", "/actuator/health", "/actuator/prometheus", "/metrics"})
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
            assertThat(ask(management(server), path).status()).isEqualTo(404);
        }
    }

    @Test
    void healthIsOffWhileTheLastClientsAreAnswered() throws Exception {
        EdgeServer server = EdgeServer.start();
        FakeQueue queue = server.queue();
        int management = management(server);
        queue.behave(FakeQueue.Behaviour.waiting());
        try (var client = new RawClient(server.port())) {
            client.send(
                    chat(
                            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
            Await.until(() -> queue.taken.size() == 1);

            var closed = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);

            Await.until(() -> health(management) == 503);
            assertThat(closed).isNotDone();
            queue.taken.element().reply(FakeQueue.completed("yo"));
            assertThat(client.reply().body()).contains("\"yo\"");
            closed.get(10, TimeUnit.SECONDS);
        }
    }

    private static int management(EdgeServer server) {
        return server.bean(Environment.class)
                .getRequiredProperty("local.management.port", Integer.class);
    }

    private static int health(int port) {
        try {
            return ask(port, "/health").status();
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
