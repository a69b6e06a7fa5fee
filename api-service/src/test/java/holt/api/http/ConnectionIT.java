package holt.api.http;

import static holt.api.edge.RawClient.bytes;
import static holt.api.edge.RawClient.chat;
import static holt.api.edge.RawClient.get;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What one connection may do, and for how long. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class ConnectionIT {
    private static final String GOOD =
            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server =
                EdgeServer.start(
                        "--holt.api.connections.header-timeout=500ms",
                        "--holt.api.connections.body-timeout=500ms");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void serves1000RequestsOnOneConnection() throws IOException {
        try (var client = new RawClient(server.port())) {
            for (int i = 0; i < 1000; i++) {
                RawClient.Reply reply = client.send(chat(GOOD)).reply();
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.headers()).doesNotContainKey("connection");
            }
        }
    }

    @Test
    void keepsAnIdleConnectionForLongerThanItWaitsForAHeader() throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send(get("/health")).reply();

            LockSupport.parkNanos(Duration.ofMillis(2500).toNanos());

            assertThat(client.send(get("/health")).reply().status()).isEqualTo(200);
        }
    }

    @Test
    void closesAConnectionWhoseHeaderTricklesIn() throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send(bytes("GET /health HTTP/1.1\r\nX-A: "));

            assertThat(closesWhileSending(client)).isTrue();
        }
    }

    @Test
    void aHeaderThatNeverEndsLeavesTheNextClientItsTime() throws IOException {
        byte[] start = bytes("GET /health HTTP/1.1\r\n");
        try (var client = new RawClient(server.port())) {
            assertThat(client.send(start).atEnd()).isTrue();
        }
        try (var next = new RawClient(server.port())) {
            next.send(start);
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());

            assertThat(next.send(bytes("Host: x\r\n\r\n")).reply().status()).isEqualTo(200);
        }
    }

    @Test
    void answers408ToABodyThatTricklesIn() throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send(
                    bytes(
                            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n"));
            Thread sender = Thread.startVirtualThread(() -> closesWhileSending(client));

            RawClient.Reply reply = client.reply();

            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.body()).startsWith("{\"code\":2022,").contains("\"request_timeout\"");
            sender.interrupt();
        }
    }

    @Test
    void answers408ToABodyThatStops() throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send(
                    bytes(
                            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"));

            RawClient.Reply reply = client.reply();

            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.body()).startsWith("{\"code\":2022,");
        }
    }

    @Test
    void answers400ToAChunkedBodyThatEndsInTheMiddle() throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send(
                    bytes(
                            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n"
                                    + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
                                    + "20\r\n{\"model"));
            client.socket.shutdownOutput();

            RawClient.Reply reply = client.reply();

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.body()).startsWith("{\"code\":2001,");
        }
    }

    @Test
    void acceptsARequestInSmallPieces() throws IOException {
        try (var client = new RawClient(server.port())) {
            for (byte b : chat(GOOD)) {
                client.send(new byte[] {b});
            }

            assertThat(client.reply().status()).isEqualTo(200);
        }
    }

    @Test
    void givesTheClientsRequestIdBackWhenItIsAPlainToken() throws IOException {
        assertThat(requestId("X-Request-Id: abc-1.2:3")).isEqualTo("abc-1.2:3");
    }

    @Test
    void drawsARequestIdWhereTheClientsIsOdd() throws IOException {
        assertThat(requestId("X-A: b")).startsWith("req_");
        assertThat(requestId("X-Request-Id: a\r\n b")).startsWith("req_");
        assertThat(requestId("X-Request-Id: a\u00ff")).startsWith("req_");
        assertThat(requestId("X-Request-Id: " + "a".repeat(200))).startsWith("req_");
    }

    private static String requestId(String header) throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send(bytes("GET /health HTTP/1.1\r\nHost: x\r\n" + header + "\r\n\r\n"));
            return client.reply().headers().get("x-request-id");
        }
    }

    /** Sends a byte each 50 ms until that fails, for 5 s at most. */
    private static boolean closesWhileSending(RawClient client) {
        for (int i = 0; i < 100 && !Thread.currentThread().isInterrupted(); i++) {
            try {
                client.send(bytes("a"));
            } catch (SocketException closed) {
                return true;
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return false;
    }
}
