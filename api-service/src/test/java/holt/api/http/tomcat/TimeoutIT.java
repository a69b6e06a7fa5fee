package holt.api.http.tomcat;

import static holt.api.edge.RawClient.bytes;
import static holt.api.edge.RawClient.get;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.api.edge.EdgeServer;
import holt.api.edge.RawClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Clients that send too slowly, before a server with short time-outs. A slow machine only makes such clients slower. */
class TimeoutIT {
    private static final String HEAD =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 100000\r\n\r\n";

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
    void keepsAnIdleConnectionForLongerThanItWaitsForAHeader() throws IOException {
        try (var idle = new RawClient(server.port());
                var unfinished = new RawClient(server.port())) {
            idle.send(get("/health")).reply();

            assertThat(unfinished.send(bytes("GET /health HTTP/1.1\r\n")).atEnd()).isTrue();

            assertThat(idle.send(get("/health")).reply().status()).isEqualTo(200);
        }
    }

    @Test
    void closesAConnectionWhoseHeaderTricklesIn() throws IOException {
        try (var client = new RawClient(server.port())) {
            client.send(bytes("GET /health HTTP/1.1\r\nX-A: "));

            Await.until(() -> {
                LockSupport.parkNanos(50_000_000); // the client's pace
                return !sends(client);
            });
        }
    }

    @Test
    void answers408ToABodyThatTricklesIn() throws Exception {
        try (var client = new RawClient(server.port())) {
            client.send(bytes(HEAD));
            Thread sender =
                    Thread.startVirtualThread(() -> {
                        while (!Thread.currentThread().isInterrupted() && sends(client)) {
                            LockSupport.parkNanos(50_000_000);
                        }
                    });

            RawClient.Reply reply = client.reply();

            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.body()).startsWith("{\"code\":2022,").contains("\"request_timeout\"");
            sender.interrupt();
            sender.join();
        }
    }

    @Test
    void answers408ToABodyThatStops() throws IOException {
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(bytes(HEAD + "{")).reply();

            assertThat(reply.status()).isEqualTo(408);
            assertThat(reply.body()).startsWith("{\"code\":2022,");
        }
    }

    /** Sends one byte, unless the server has closed the connection. */
    private static boolean sends(RawClient client) {
        try {
            client.send(bytes("a"));
            return true;
        } catch (SocketException closed) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
