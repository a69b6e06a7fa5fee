package holt.api;

import static holt.api.edge.RawClient.chat;
import static holt.api.edge.RawClient.get;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.api.edge.Await;
import holt.api.edge.CheckReply;
import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.RawClient;
import holt.api.edge.RefusalContract;
import holt.tls.PrivateCa;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The API with TLS, for clients that trust its certificate authority. */
class ServeTlsIT {
    @TempDir static Path directory;

    private static PrivateCa ca;
    private static EdgeServer server;

    @BeforeAll
    static void start() throws Exception {
        ca = PrivateCa.create(directory);
        server = EdgeServer.start(settings(ca));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void answersStreamsAndRefusesAsWithoutTls() throws Exception {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
        try (RawClient client = dial(server, ca)) {
            CheckReply.success(client.send(chat(RefusalContract.GOOD)).reply());
            CheckReply.success(client.send(chat(RefusalContract.with("\"stream\":true"))).reply());
            RawClient.Reply refused = client.send(get("/v1/nothing")).reply();
            assertThat(CheckReply.refusal(refused).get("code").intValue()).isEqualTo(2006);
        }
        try (RawClient client = dial(server, ca)) {
            RawClient.Reply refused = client.send(RawClient.bytes("hello there\r\n\r\n")).reply();
            assertThat(CheckReply.refusal(refused).get("code").intValue()).isEqualTo(2001);
        }
    }

    @Test
    void theUrlsOfModelsStartWithHttps() throws Exception {
        try (RawClient client = dial(server, ca)) {
            assertThat(client.send(get("/v1/models")).reply().body())
                    .contains("\"url\":\"https://x/v1/chat/completions\"");
        }
    }

    @Test
    @DisplayName("R69: a client's disconnect cancels its job, also with TLS")
    void aDisconnectCancelsTheJob() throws Exception {
        server.queue().behave(FakeQueue.Behaviour.waiting());
        try (RawClient client = dial(server, ca)) {
            client.send(chat(RefusalContract.GOOD));
            Await.until(() -> !server.queue().taken.isEmpty());
        }

        Await.until(() -> !server.queue().abandoned.isEmpty());
    }

    @Test
    void aClientThatWaitsDoesNotCountAsGone() throws Exception {
        server.queue().behave(FakeQueue.Behaviour.waiting());
        try (RawClient client = dial(server, ca)) {
            client.send(chat(RefusalContract.with("\"stream\":true")));
            // When a ping comes, the sweep has probed the connection several times.
            readTo(": ping", client);
            server.queue().taken.element().answer("yo");

            readTo("data: [DONE]", client);
            assertThat(server.queue().abandoned).isEmpty();
        }
    }

    @Test
    void plainHttpGetsAnErrorThatNamesHttps() throws IOException {
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply = client.send(get("/v1/models")).reply();

            assertThat(reply.status()).isEqualTo(400);
            assertThat(reply.headers()).containsEntry("content-type", "application/json");
            assertThat(reply.body()).startsWith("{\"code\":2001,").contains("https", "\"error\":{");
        }
    }

    @Test
    void anotherAuthorityIsNotTrusted() throws Exception {
        PrivateCa other = PrivateCa.create(Files.createDirectory(directory.resolve("other")));

        assertThatThrownBy(() -> dial(server, other).close()).isInstanceOf(SSLException.class);
    }

    @Test
    void theManagementPortHasNoTls() throws IOException {
        try (var client = new RawClient(server.managementPort())) {
            assertThat(client.send(get("/health")).reply().status()).isEqualTo(200);
        }
    }

    @Test
    void aRenewedCertificateIsServedWithoutARestart() throws Exception {
        Path files = Files.createDirectory(directory.resolve("renewed"));
        try (var renewing =
                EdgeServer.start(
                        with(
                                settings(PrivateCa.create(files)),
                                "--spring.ssl.bundle.watch.file.quiet-period=100ms"))) {
            PrivateCa renewed = PrivateCa.create(files);

            Await.until(() -> trusts(renewing, renewed));
        }
    }

    @Test
    void aWrongFileFailsTheStartWithTheNameOfItsSetting() throws IOException {
        Path none = directory.resolve("none.pem");
        Path empty = Files.createFile(directory.resolve("empty.pem"));

        startFails("holt.api.tls.key: ", settings(ca.certificate(), empty));
        startFails("holt.api.tls.certificate: ", settings(none, ca.key()));
        startFails("holt.api.tls.certificate: ", settings(ca.key(), ca.key()));
        startFails("holt.api.tls.key: ", "--holt.api.tls.certificate=" + ca.certificate());
    }

    private static void readTo(String wanted, RawClient client) throws IOException {
        String line = client.line();
        while (!line.equals(wanted)) {
            line = client.line();
        }
    }

    private static void startFails(String message, String... settings) {
        assertThatThrownBy(() -> EdgeServer.start(settings).close())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message);
    }

    private static boolean trusts(EdgeServer server, PrivateCa ca) {
        try {
            dial(server, ca).close();
            return true;
        } catch (SSLException untrusted) {
            return false;
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns after the handshake. */
    private static RawClient dial(EdgeServer server, PrivateCa ca)
            throws IOException, GeneralSecurityException {
        var socket =
                (SSLSocket)
                        ca.clients()
                                .getSocketFactory()
                                .createSocket(InetAddress.getLoopbackAddress(), server.port());
        socket.startHandshake();
        return new RawClient(socket);
    }

    private static String[] settings(PrivateCa ca) {
        return settings(ca.certificate(), ca.key());
    }

    private static String[] settings(Path certificate, Path key) {
        return new String[] {
            "--holt.api.tls.certificate=" + certificate, "--holt.api.tls.key=" + key
        };
    }

    private static String[] with(String[] settings, String more) {
        return new String[] {settings[0], settings[1], more};
    }
}
