package holt.api.http;

import static holt.api.edge.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.FakeQueue.Taken;
import holt.api.edge.RawClient;
import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that wait for their answer: they hold no threads, and the server notices when they leave. */
class ExchangesIT {
    private static final String WHOLE =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    private static final String STREAM = WHOLE.replace("{\"model\"", "{\"stream\":true,\"model\"");

    private static EdgeServer server;
    private final List<RawClient> clients = new ArrayList<>();

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void waitForever() {
        server.queue().behave(FakeQueue.Behaviour.waiting());
    }

    @AfterEach
    void close() throws IOException {
        for (RawClient client : clients) {
            client.close();
        }
    }

    @Test
    void twoThousandClientsHoldNoThreads() throws IOException {
        int before = ManagementFactory.getThreadMXBean().getThreadCount();
        connect(2000, WHOLE);

        assertThat(ManagementFactory.getThreadMXBean().getThreadCount() - before).isLessThan(20);

        server.queue().taken.forEach(job -> job.answer(job.id().value()));
        Set<String> answers = new HashSet<>();
        for (RawClient client : clients) {
            RawClient.Reply reply = client.reply();
            assertThat(reply.body())
                    .contains("\"content\":\"" + reply.headers().get("x-holt-job-id") + "\"");
            answers.add(reply.headers().get("x-holt-job-id"));
        }
        assertThat(answers).hasSize(2000);
        assertThat(server.queue().abandoned).isEmpty();
    }

    @DisplayName("R69: a client's disconnect cancels its job, and no other")
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"whole", "stream"})
    void aDisconnectCancelsTheClientsJobAndNoOther(String kind) throws IOException {
        String body = kind.equals("stream") ? STREAM : WHOLE;
        connect(120, body);
        Set<JobId> all = server.queue().taken.stream().map(Taken::id).collect(Collectors.toSet());
        // Pipelined behind the waiting request, so it must be answered after that.
        for (int i = 3; i < clients.size(); i += 4) {
            clients.get(i).send(RawClient.get("/v1/models/m"));
        }

        for (int i = 0; i < clients.size(); i += 2) {
            leave(clients.get(i), i / 2);
        }

        Await.until(() -> server.queue().abandoned.size() == 60);

        Set<JobId> gone = Set.copyOf(server.queue().abandoned);
        assertThat(all).containsAll(gone);
        server.queue().taken.stream()
                .filter(job -> !gone.contains(job.id()))
                .forEach(job -> job.answer("late"));
        for (int i = 1; i < clients.size(); i += 2) {
            assertThat(clients.get(i).reply().body()).contains("\"late\"");
            if (i % 4 == 1) {
                clients.get(i).send(RawClient.get("/v1/models/m"));
            }
            assertThat(clients.get(i).reply().body()).contains("\"id\":\"m\"");
        }
        assertThat(server.queue().abandoned).hasSize(60);
    }

    @Test
    void aHalfClosedClientGetsNoAnswer() throws IOException {
        connect(1, WHOLE);
        clients.getFirst().socket.shutdownOutput();

        assertThat(clients.getFirst().atEnd()).isTrue();
        Await.until(() -> server.queue().abandoned.size() == 1);
    }

    @Test
    void anAnswerToAClientThatHasJustLeftHarmsNobody() throws IOException {
        connect(200, WHOLE);
        for (int i = 0; i < clients.size(); i++) {
            leave(clients.get(i), i % 2);
        }
        server.queue().taken.forEach(job -> job.answer("x".repeat(100_000)));

        connect(50, WHOLE);
        server.queue().taken.forEach(job -> job.answer("yo"));
        for (RawClient client : clients.subList(200, 250)) {
            assertThat(client.reply().body()).contains("\"yo\"");
        }
    }

    @Test
    void aClientWhoseDeadlineHasPassedShallNotRetry() throws IOException {
        server.queue().behave(job -> job.reply(new Outcome.Failed(Failure.TIMEOUT, "too late")));
        connect(1, WHOLE);

        RawClient.Reply reply = clients.getFirst().reply();

        assertThat(reply.status()).isEqualTo(504);
        assertThat(reply.headers()).containsEntry("x-should-retry", "false");
        assertThat(reply.headers())
                .containsEntry("x-holt-job-id", server.queue().taken.element().id().value());
        assertThat(reply.body()).startsWith("{\"code\":2014,");
    }

    private void connect(int count, String body) throws IOException {
        int before = server.queue().taken.size();
        for (int i = 0; i < count; i++) {
            var client = new RawClient(server.port());
            clients.add(client);
            client.send(chat(body));
        }
        Await.until(() -> server.queue().taken.size() == before + count);
    }

    /** Closes, resets or half-closes. */
    private static void leave(RawClient client, int how) throws IOException {
        switch (how % 3) {
            case 0 -> client.close();
            case 1 -> {
                client.socket.setSoLinger(true, 0);
                client.close();
            }
            default -> client.socket.shutdownOutput();
        }
    }
}
