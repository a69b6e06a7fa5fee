package holt.api.sources;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection goes to the checked address, but the certificate must be the name's. */
class FetchOverTlsTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir static Path directory;

    private static SSLContext tls;
    private static X509TrustManager trust;
    private static HttpsServer server;
    private static int port;

    private FetchImage fetch;

    @BeforeAll
    static void start() throws Exception {
        KeyStore certificate = certificateOf("pictures.test");
        var keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(certificate, PASSWORD);
        var trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(trusting(certificate));
        trust = (X509TrustManager) trusted.getTrustManagers()[0];
        tls = SSLContext.getInstance("TLS");
        tls.init(keys.getKeyManagers(), trusted.getTrustManagers(), null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
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
    void takesNoCertificateOfAnotherName() {
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
                        new FetchImage.Limits(1 << 20, Duration.ofSeconds(10)));
        return fetch.fetch(HttpUrl.get("https://" + host + ":" + port + "/x.png"));
    }

    private static OkHttpClient trusting() {
        return new OkHttpClient.Builder().sslSocketFactory(tls.getSocketFactory(), trust).build();
    }

    /** The certificate alone: with its key it is no anchor of trust. */
    private static KeyStore trusting(KeyStore certificate) throws Exception {
        var anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("server", certificate.getCertificate("server"));
        return anchors;
    }

    private static KeyStore certificateOf(String name) throws Exception {
        Path file = directory.resolve("certificate.p12");
        int status =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "keytool")
                                        .toString(),
                                "-genkeypair",
                                "-alias",
                                "server",
                                "-keyalg",
                                "EC",
                                "-dname",
                                "CN=" + name,
                                "-ext",
                                "san=dns:" + name,
                                "-validity",
                                "2",
                                "-storetype",
                                "PKCS12",
                                "-storepass",
                                new String(PASSWORD),
                                "-keystore",
                                file.toString())
                        .inheritIO()
                        .start()
                        .waitFor();
        assertThat(status).isZero();
        var store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
