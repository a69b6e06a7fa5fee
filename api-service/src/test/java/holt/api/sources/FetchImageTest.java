package holt.api.sources;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetches from a host that the settings allow, and follows redirects to hosts that they do not allow. */
class FetchImageTest {
    private static final byte[] BYTES = {1, 2, 3};
    private static final int MOST = 64 << 10;

    private final Sockets sockets = new Sockets();
    private final Map<String, Headers> asked = new ConcurrentHashMap<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    private HttpServer server;
    private String base;
    private FetchImage fetch;
    private FetchImage impatient;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
        int port = server.getAddress().getPort();
        base = "http://pictures.test:" + port;
        fetch = fetch(port, Duration.ofHours(1));
        impatient = fetch(port, Duration.ofSeconds(1));
    }

    private FetchImage fetch(int port, Duration limit) {
        return new FetchImage(
                new ResolveHost(AllowedHosts.of(List.of("pictures.test:" + port)), this::lookUp),
                new OkHttpClient.Builder().socketFactory(sockets).build(),
                new FetchImage.Limits(MOST, limit));
    }

    @AfterEach
    void stop() {
        over.countDown();
        fetch.close();
        impatient.close();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void bringsTheBytesAndSaysNothingAboutUs() throws Exception {
        assertThat(fetch("/picture")).isEqualTo(BYTES);

        Headers headers = asked.get("/picture");
        assertThat(headers.getFirst("Host")).isEqualTo(base.substring("http://".length()));
        assertThat(headers.keySet())
                .containsExactlyInAnyOrder(
                        "Host", "Connection", "User-agent", "Accept", "Accept-encoding");
    }

    @Test
    void followsThreeRedirectsAndNoFourth() throws Exception {
        assertThat(fetch("/redirect/3")).isEqualTo(BYTES);

        assertRefused("/redirect/4", "redirects more than 3 times");
    }

    @Test
    void saysThatAUrlRedirectsInALoop() {
        assertRefused("/loop", "redirects more than 3 times");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void followsARedirectOfAnyKind(int status) throws Exception {
        assertThat(fetch("/to/" + status + "/picture")).isEqualTo(BYTES);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:1/x, is not public",
        "http://2130706433/x, is not public",
        "http://[::1]/x, is not public",
        "//inside.test/x, is not public",
        "https://inside.test/x, is not public",
        "http://user@pictures.test/x, must not name a user",
        "file:///etc/passwd, redirects to something else than http or https",
        "gopher://inside.test/x, redirects to something else than http or https",
        "http://, redirects to something else than http or https"
    })
    void checksEveryRedirect(String target, String reason) {
        assertRefused("/away?" + target, reason);

        // Only our server was dialled.
        assertThat(sockets.dialled)
                .extracting(InetSocketAddress::getPort)
                .containsExactly(server.getAddress().getPort());
    }

    @ParameterizedTest
    @ValueSource(ints = {204, 304, 401, 404, 500, 503})
    void takesNoOtherStatusForAPicture(int status) {
        assertRefused("/status/" + status, "answers with status " + status);
    }

    @Test
    void takesAsManyBytesAsItMay() throws Exception {
        assertThat(fetch("/bytes/" + MOST)).hasSize(MOST);
        assertRefused("/bytes/" + (MOST + 1), "more than " + MOST + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/endless", "/gzip"})
    void takesNoEndlessBody(String path) {
        assertRefused(path, "more than " + MOST + " bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/silent", "/slow", "/redirect-slowly"})
    void givesUpAfterItsTimeAlthoughTheServerNeverEnds(String path) {
        assertRefused(impatient, HttpUrl.get(base + path), "did not answer within 1000 ms");
    }

    @Test
    void givesUpAfterItsTimeAlthoughTheNameNeverResolves() {
        assertRefused(impatient, HttpUrl.get("http://never.test/"), "was not resolved in time");
    }

    @Test
    void refusesABodyThatIsShorterThanDeclared() {
        assertRefused("/short", "ended the connection before the end of the picture");
    }

    @Test
    void saysThatNobodyListens() {
        server.stop(0);

        assertRefused("/picture", "does not answer");
    }

    private byte[] fetch(String path) throws RefusedSourceException {
        return fetch.fetch(HttpUrl.get(base + path));
    }

    private void assertRefused(String path, String reason) {
        assertRefused(fetch, HttpUrl.get(base + path), reason);
    }

    private static void assertRefused(FetchImage fetch, HttpUrl url, String reason) {
        assertThatThrownBy(() -> fetch.fetch(url))
                .isInstanceOf(RefusedSourceException.class)
                .hasMessageContaining(reason);
    }

    private List<InetAddress> lookUp(String host) throws UnknownHostException {
        return switch (host) {
            case "pictures.test" -> List.of(InetAddress.ofLiteral("127.0.0.1"));
            case "inside.test" -> List.of(InetAddress.ofLiteral("10.0.0.1"));
            case "never.test" -> {
                awaitTheEnd();
                yield List.of();
            }
            default -> throw new UnknownHostException(host);
        };
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        asked.put(path, exchange.getRequestHeaders());
        String[] steps = path.split("/");
        int number = steps.length > 2 ? Integer.parseInt(steps[2]) : 0;
        try (exchange) {
            switch (steps[1]) {
                case "picture" -> send(exchange, BYTES);
                case "redirect" ->
                        redirect(
                                exchange,
                                302,
                                number == 1 ? "/picture" : "/redirect/" + (number - 1));
                case "loop" -> redirect(exchange, 302, "/loop");
                case "to" -> redirect(exchange, number, "/" + steps[3]);
                case "away" -> redirect(exchange, 302, exchange.getRequestURI().getQuery());
                case "redirect-slowly" -> {
                    // Each redirect alone is fast enough.
                    over.await(400, TimeUnit.MILLISECONDS);
                    redirect(exchange, 302, "/redirect-slowly");
                }
                case "status" -> exchange.sendResponseHeaders(number, -1);
                case "bytes" -> send(exchange, new byte[number]);
                case "endless" -> endless(exchange, "identity");
                case "gzip" -> endless(exchange, "gzip");
                case "silent" -> over.await();
                case "slow" -> {
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(1);
                    exchange.getResponseBody().flush();
                    over.await();
                }
                case "short" -> {
                    exchange.sendResponseHeaders(200, 10);
                    exchange.getResponseBody().write(BYTES);
                    exchange.getResponseBody().flush();
                }
                default -> throw new IOException("not asked for: " + path);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, byte[] bytes) throws IOException {
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void redirect(HttpExchange exchange, int status, String location)
            throws IOException {
        exchange.getResponseHeaders().set("Location", location);
        exchange.sendResponseHeaders(status, -1);
    }

    /** Until the client hangs up. */
    private static void endless(HttpExchange exchange, String encoding) throws IOException {
        exchange.getResponseHeaders().set("Content-Encoding", encoding);
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        byte[] zeros = new byte[8192];
        while (true) {
            body.write(zeros);
        }
    }

    private void awaitTheEnd() {
        try {
            over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
