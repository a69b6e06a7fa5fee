package holt.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.CheckReply;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.http.GoodRequests.Request;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Sends valid requests with random damage. Every request that has a whole header gets a proper answer, and the service works afterwards.
 * {@code -Dmutate.seconds=60} runs longer, {@code -Dmutate.seed} repeats a run, {@code -Dmutate.first} starts it at a later request.
 *
 * <p>A damaged request may never end, so time-outs are short. Requests with a whole header go to a server that waits for a header for an
 * hour: on a busy machine its header time-out must not end a request in silence. A body that is too slow gets an answer, 408.
 */
class MutatedRequestsIT {
    private static final Duration LASTS = Duration.ofSeconds(Long.getLong("mutate.seconds", 5));
    private static final long SEED = Long.getLong("mutate.seed", System.nanoTime());
    private static final int CLIENTS = 64;

    private static final List<Request> GOOD = GoodRequests.all();
    private static final Pattern END_OF_HEADER = Pattern.compile("\n\r?\n");

    private static EdgeServer server;
    private static EdgeServer unfinishedHeaders;

    private final AtomicLong numbers = new AtomicLong(Long.getLong("mutate.first", 0));

    /** How a damaged request ended. Silence is for requests without a whole header. */
    private enum End {
        SUCCESS,
        REFUSAL,
        SILENCE
    }

    @BeforeAll
    static void start() {
        server = start("1h");
        unfinishedHeaders = start("300ms");
    }

    private static EdgeServer start(String headerTimeout) {
        var started =
                EdgeServer.start(
                        "--holt.api.connections.header-timeout=" + headerTimeout,
                        "--holt.api.connections.body-timeout=300ms");
        started.queue().behave(FakeQueue.Behaviour.answering("yo"));
        return started;
    }

    @AfterAll
    static void stop() {
        server.close();
        unfinishedHeaders.close();
    }

    @Test
    void everyAnswerIsProperAndTheServiceWorksAfterwards() throws Exception {
        System.out.println("mutate.seed=" + SEED);
        Map<End, Long> ends = new EnumMap<>(End.class);
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            long end = System.nanoTime() + LASTS.toNanos();
            Callable<Map<End, Long>> client = () -> askUntil(end);
            for (Future<Map<End, Long>> counts :
                    clients.invokeAll(Collections.nCopies(CLIENTS, client))) {
                counts.get().forEach((key, count) -> ends.merge(key, count, Long::sum));
            }
        }
        System.out.println(numbers + " damaged requests: " + ends);

        assertThat(ends).containsKeys(End.SUCCESS, End.REFUSAL);
        for (Request good : GOOD) {
            assertThat(exchange(good.whole(), List.of(good.whole()))).isEqualTo(End.SUCCESS);
        }
        Await.until(() -> server.connections() <= 1 && unfinishedHeaders.connections() <= 1);
    }

    private Map<End, Long> askUntil(long end) {
        Map<End, Long> ends = new EnumMap<>(End.class);
        while (System.nanoTime() < end) {
            ends.merge(ask(numbers.getAndIncrement()), 1L, Long::sum);
        }
        return ends;
    }

    private static End ask(long number) {
        var random = new SplittableRandom(SEED + number);
        var mutate = new Mutate(random);
        byte[] request = mutate.spoil(GOOD.get(random.nextInt(GOOD.size())));
        try {
            return exchange(request, mutate.pieces(request));
        } catch (IOException | RuntimeException | AssertionError e) {
            throw new AssertionError(
                    "mutate.seed=%d, request %d: %s".formatted(SEED, number, printable(request)),
                    e);
        }
    }

    private static End exchange(byte[] request, List<byte[]> pieces) throws IOException {
        boolean wholeHeader = hasWholeHeader(request);
        try (var client = new RawClient((wholeHeader ? server : unfinishedHeaders).port())) {
            RawClient.Reply reply;
            try {
                for (byte[] piece : pieces) {
                    client.send(piece);
                }
                reply = client.reply();
            } catch (EOFException | SocketException closed) {
                assertThat(wholeHeader).as(closed.toString()).isFalse();
                return End.SILENCE;
            }
            End end = check(reply);
            if (!reply.endsConnection()) {
                client.socket.shutdownOutput();
                checkTheRest(client);
            }
            return end;
        }
    }

    private static End check(RawClient.Reply reply) {
        if (reply.status() < 400) {
            CheckReply.success(reply);
            return End.SUCCESS;
        }
        CheckReply.refusal(reply);
        assertThat(reply.headers()).doesNotContainKey("x-holt-job-id");
        // No request can make the service fail.
        assertThat(reply.status()).isNotIn(500, 502, 503, 504);
        return End.REFUSAL;
    }

    /** Damaged bytes can hold another request. A half-closed client counts as gone, so that answer may be missing, but not wrong. */
    private static void checkTheRest(RawClient client) throws IOException {
        RawClient.Reply reply;
        do {
            try {
                reply = client.reply();
            } catch (EOFException | SocketException end) {
                return;
            }
            check(reply);
        } while (!reply.endsConnection());
    }

    private static boolean hasWholeHeader(byte[] request) {
        String text = new String(request, StandardCharsets.ISO_8859_1);
        return END_OF_HEADER.matcher(text.stripLeading()).find();
    }

    private static String printable(byte[] request) {
        var text = new StringBuilder();
        for (byte b : request) {
            if (b >= ' ' && b < 127) {
                text.append((char) b);
            } else {
                text.append("\\x%02x".formatted(b));
            }
        }
        return text.length() < 4_000 ? text.toString() : text.substring(0, 4_000) + "...";
    }
}
