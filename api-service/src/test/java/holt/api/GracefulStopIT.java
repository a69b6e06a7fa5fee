package holt.api;

import static holt.api.edge.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The stop finishes the waiting answers first. */
class GracefulStopIT {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void finishesAnswersUnderWay(boolean stream) throws Exception {
        EdgeServer server = EdgeServer.start();
        FakeQueue queue = server.queue();
        int port = server.port();
        queue.behave(FakeQueue.Behaviour.waiting());
        try (var client = new RawClient(port)) {
            client.send(
                    chat(
                            "{\"model\":\"m\",\"stream\":"
                                    + stream
                                    + ",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
            Await.until(() -> queue.taken.size() == 1);
            FakeQueue.Taken job = queue.taken.element();

            var closed = CompletableFuture.runAsync(server::close, Thread::startVirtualThread);
            Await.until(() -> refuses(port));

            assertThat(closed).isNotDone();
            job.answer("yo");
            assertThat(client.reply().body()).contains("\"yo\"");
            closed.get(Await.HUNG.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Test
    void waitsForNoClientThatHasGone() throws Exception {
        EdgeServer server = EdgeServer.start("--spring.lifecycle.timeout-per-shutdown-phase=1h");
        server.queue().behave(FakeQueue.Behaviour.waiting());
        try (var client = new RawClient(server.port())) {
            client.send(
                    chat(
                            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
            Await.until(() -> server.queue().taken.size() == 1);
        }
        Await.until(() -> server.queue().abandoned.size() == 1);

        CompletableFuture.runAsync(server::close, Thread::startVirtualThread)
                .get(Await.HUNG.toSeconds(), TimeUnit.SECONDS);
    }

    private static boolean refuses(int port) {
        try (var client = new RawClient(port)) {
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
