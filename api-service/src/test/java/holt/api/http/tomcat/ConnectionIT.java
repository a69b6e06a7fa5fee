package holt.api.http.tomcat;

import static holt.api.edge.RawClient.bytes;
import static holt.api.edge.RawClient.chat;
import static holt.api.edge.RefusalContract.GOOD;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one connection carries. No time-out of the server plays a part. */
class ConnectionIT {
    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server =
                EdgeServer.start(
                        "--holt.api.connections.header-timeout=1h",
                        "--holt.api.connections.body-timeout=1h");
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
    void acceptsARequestByteByByte() throws IOException {
        try (var client = new RawClient(server.port())) {
            for (byte b : chat(GOOD)) {
                client.send(new byte[] {b});
            }

            assertThat(client.reply().status()).isEqualTo(200);
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
    void givesTheClientsRequestIdBackIfItIsAPlainToken() throws IOException {
        assertThat(requestId("X-Request-Id: abc-1.2:3")).isEqualTo("abc-1.2:3");
    }

    @Test
    void drawsARequestIdIfTheClientsIsNoPlainToken() throws IOException {
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
}
