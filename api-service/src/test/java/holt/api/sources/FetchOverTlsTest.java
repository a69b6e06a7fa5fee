package holt.api.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import holt.tls.PrivateCa;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection goes to the checked address, but the certificate must match the name. */
class FetchOverTlsTest {
    @TempDir static Path directory;

    private static PrivateCa ca;
    private static HttpsServer server;
    private static int port;

    private FetchImage fetch;

    @BeforeAll
    static void start() throws Exception {
        ca = PrivateCa.create(directory, "dns:pictures.test");
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ca.server()));
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        byte[] host = exchange.getRequestHeaders().getFirst("Host").getBytes(UTF_8);
                        exchange.sendResponseHeaders(200, host.length);
                        exchange.getResponseBody().write(host);
                    }
                });
        server.start();
        port = server.getAddress().getPort();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
    }

    @AfterEach
    void close() {
        fetch.close();
    }

    @Test
    void takesTheCertificateOfTheName() throws Exception {
        assertThat(fetch("pictures.test", trusting()))
                .asString()
                .isEqualTo("pictures.test:" + port);
    }

    @Test
    void takesNoCertificateOfAnotherName() throws Exception {
        assertRefused("other.test", trusting());
        assertRefused("127.0.0.1", trusting());
    }

    @Test
    void takesNoCertificateThatNobodyTrusts() {
        assertRefused("pictures.test", new OkHttpClient());
    }

    private void assertRefused(String host, OkHttpClient client) {
        assertThatThrownBy(() -> fetch(host, client))
                .isInstanceOf(RefusedSourceException.class)
                .hasMessage("the URL's host does not answer");
    }

    private byte[] fetch(String host, OkHttpClient client) throws RefusedSourceException {
        fetch =
                new FetchImage(
                        new ResolveHost(
                                AllowedHosts.of(List.of("127.0.0.0/8")),
                                _ -> List.of(InetAddress.ofLiteral("127.0.0.1"))),
                        client,
                        new FetchImage.Limits(1 << 20, Duration.ofHours(1)));
        return fetch.fetch(HttpUrl.get("https://" + host + ":" + port + "/x.png"));
    }

    private static OkHttpClient trusting() throws Exception {
        return new OkHttpClient.Builder()
                .sslSocketFactory(ca.clients().getSocketFactory(), ca.trust())
                .build();
    }
}
