package holt.api.http.tomcat;

import static holt.api.edge.RawClient.bytes;
import static holt.api.edge.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.CheckReply;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.edge.RefusalContract;
import holt.api.edge.ThreadDump;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A slow loris: hundreds of clients that send a byte now and then hold nobody up. The server's time-outs are an hour, so no slow client goes
 * away. If the others had to wait for one, they would get no answer. {@code -Dslow.seconds=30} runs longer.
 */
class SlowClientsIT {
    private static final Duration LASTS = Duration.ofSeconds(Long.getLong("slow.seconds", 5));
    private static final int SLOW = 500;

    /** One client's turn. Each client sends a byte once a second. */
    private static final Duration TURN = Duration.ofSeconds(1).dividedBy(SLOW);

    private static final int OTHERS = 2;
    private static final int REQUESTS_A_CONNECTION = 20;
    private static final String STREAM = RefusalContract.with("\"stream\":true");

    @Test
    void fiveHundredSlowClientsHoldNobodyUp() throws Exception {
        try (var server =
                EdgeServer.start(
                        "--holt.api.connections.header-timeout=1h",
                        "--holt.api.connections.body-timeout=1h")) {
            server.queue().behave(FakeQueue.Behaviour.answering("yo"));
            List<RawClient> slow = new ArrayList<>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                    var pace = Executors.newSingleThreadScheduledExecutor()) {
                for (int i = 0; i < SLOW; i++) {
                    slow.add(begin(i, server.port()));
                }
                var turn = new AtomicInteger();
                var dripping =
                        pace.scheduleAtFixedRate(
                                () -> drip(slow.get(turn.getAndIncrement() % SLOW)),
                                0,
                                TURN.toNanos(),
                                TimeUnit.NANOSECONDS);
                long end = System.nanoTime() + LASTS.toNanos();
                Callable<List<Duration>> other = () -> askUntil(end, server.port());
                List<Duration> times = new ArrayList<>();
                for (Future<List<Duration>> done :
                        threads.invokeAll(Collections.nCopies(OTHERS, other))) {
                    times.addAll(done.get());
                }
                // A failed drip would have been the last.
                assertThat(dripping.isDone()).isFalse();
                assertThat(server.connections()).isGreaterThanOrEqualTo(SLOW);
                times.sort(null);
                System.out.printf(
                        "%d answered beside %d slow clients, median %s, slowest %s%n",
                        times.size(), SLOW, times.get(times.size() / 2), times.getLast());
            } catch (ExecutionException unanswered) {
                ThreadDump.write(getClass().getName());
                throw unanswered;
            } finally {
                for (RawClient client : slow) {
                    client.close();
                }
            }
            Await.until(() -> server.connections() <= 1);
        }
    }

    /** Every other client never ends its header, the rest never end their body. */
    private static RawClient begin(int number, int port) throws IOException {
        String start =
                number % 2 == 0
                        ? "GET /v1/models HTTP/1.1\r\nHost: x\r\nX-A: "
                        : "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                + "Content-Length: 100000\r\n\r\n{\"model\":\"";
        return new RawClient(port).send(bytes(start));
    }

    private static void drip(RawClient client) {
        try {
            client.send(bytes("a"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the times of the answers, at least those of one connection. */
    private static List<Duration> askUntil(long end, int port) throws IOException {
        List<Duration> times = new ArrayList<>();
        do {
            long dialled = System.nanoTime();
            try (var client = new RawClient(port)) {
                times.add(ask(client, RefusalContract.GOOD, dialled));
                for (int i = 0; i < REQUESTS_A_CONNECTION; i++) {
                    times.add(ask(client, STREAM, System.nanoTime()));
                }
            }
        } while (System.nanoTime() < end);
        return times;
    }

    private static Duration ask(RawClient client, String body, long since) throws IOException {
        CheckReply.success(client.send(chat(body)).reply());
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
