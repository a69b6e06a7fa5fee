package holt.api.http;

import static holt.api.edge.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing the context: answers that are under way finish first. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
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
            closed.get(5, TimeUnit.SECONDS);
        }
    }

    @Test
    void stopsAtOnceWhenEveryClientHasGone() throws Exception {
        EdgeServer server = EdgeServer.start();
        server.queue().behave(FakeQueue.Behaviour.waiting());
        try (var client = new RawClient(server.port())) {
            client.send(
                    chat(
                            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}"));
            Await.until(() -> server.queue().taken.size() == 1);
        }
        Await.until(() -> server.queue().abandoned.size() == 1);

        long start = System.nanoTime();
        server.close();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    private static boolean refuses(int port) {
        try (var client = new RawClient(port)) {
            return false;
        } catch (IOException refused) {
            return true;
        }
    }
}
