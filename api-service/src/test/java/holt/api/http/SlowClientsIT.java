package holt.api.http;

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
import java.net.SocketException;
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

/** A slow loris: hundreds of clients that send a byte now and then hold nobody up. {@code -Dslow.seconds=30} takes longer. */
class SlowClientsIT {
    private static final Duration LASTS = Duration.ofSeconds(Long.getLong("slow.seconds", 5));
    private static final int SLOW = 500;

    /** Each client's comes once a second. */
    private static final Duration TURN = Duration.ofSeconds(1).dividedBy(SLOW);

    private static final int OTHERS = 2;
    private static final int REQUESTS_A_CONNECTION = 20;
    private static final Duration BOUND = Duration.ofSeconds(3);
    private static final String STREAM = RefusalContract.with("\"stream\":true");

    /** A client that drips: the even ones never end their header, the odd ones their body. */
    private static final class Slow implements AutoCloseable {
        private final int number;
        private final int port;
        private RawClient client;
        private int redialled;

        Slow(int number, int port) throws IOException {
            this.number = number;
            this.port = port;
            client = dial();
        }

        /** One byte more; on a new connection where the service has closed the last one. */
        void drip() {
            try {
                client.send(bytes("a"));
            } catch (SocketException closed) {
                redial();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private void redial() {
            try {
                client.close();
                client = dial();
                redialled++;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private RawClient dial() throws IOException {
            String start =
                    number % 2 == 0
                            ? "GET /v1/models HTTP/1.1\r\nHost: x\r\nX-A: "
                            : "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                                    + "Content-Length: 1000\r\n\r\n{\"model\":\"";
            return new RawClient(port).send(bytes(start));
        }

        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    @Test
    void fiveHundredThatDripHoldNobodyUp() throws Exception {
        try (var server = EdgeServer.start()) {
            server.queue().behave(FakeQueue.Behaviour.answering("yo"));
            List<Slow> slow = new ArrayList<>();
            for (int i = 0; i < SLOW; i++) {
                slow.add(new Slow(i, server.port()));
            }
            try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                    var pace = Executors.newSingleThreadScheduledExecutor()) {
                var turn = new AtomicInteger();
                var dripping =
                        pace.scheduleAtFixedRate(
                                () -> slow.get(turn.getAndIncrement() % SLOW).drip(),
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
                assertThat(server.connections()).isGreaterThan(SLOW / 2);
                times.sort(null);
                System.out.printf(
                        "%d answered beside %d slow ones, median %s, slowest %s; redialled %d times%n",
                        times.size(),
                        SLOW,
                        times.get(times.size() / 2),
                        times.getLast(),
                        slow.stream().mapToInt(client -> client.redialled).sum());
                assertThat(times.getLast()).isLessThan(BOUND);
            } catch (ExecutionException unanswered) {
                ThreadDump.write(getClass().getName());
                throw unanswered;
            } finally {
                for (Slow client : slow) {
                    client.close();
                }
            }
            Await.until(() -> server.connections() <= 1);
        }
    }

    private static List<Duration> askUntil(long end, int port) throws IOException {
        List<Duration> times = new ArrayList<>();
        while (System.nanoTime() < end) {
            long dialled = System.nanoTime();
            try (var client = new RawClient(port)) {
                times.add(ask(client, RefusalContract.GOOD, dialled));
                for (int i = 0; i < REQUESTS_A_CONNECTION; i++) {
                    times.add(ask(client, STREAM, System.nanoTime()));
                }
            }
        }
        return times;
    }

    private static Duration ask(RawClient client, String body, long since) throws IOException {
        CheckReply.success(client.send(chat(body)).reply());
        return Duration.ofNanos(System.nanoTime() - since);
    }
}
