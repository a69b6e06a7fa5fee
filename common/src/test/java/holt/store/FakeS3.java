package holt.store;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Notes the requests to an S3 service. It has no bucket until one is created. */
final class FakeS3 implements AutoCloseable {
    record Asked(String method, String path, String body) {}

    final List<Asked> asked = new CopyOnWriteArrayList<>();

    /** The error code of every answer; null: none. */
    volatile @Nullable String refusal;

    volatile boolean hasBucket;

    private final HttpServer server;

    FakeS3() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        String path = exchange.getRequestURI().getPath();
        byte[] body = exchange.getRequestBody().readAllBytes();
        asked.add(new Asked(method, path, new String(body, StandardCharsets.UTF_8)));
        String code = refusal;
        if (code != null) {
            refuse(exchange, 403, code);
        } else if (path.matches("/holt/?") && method.equals("PUT")) {
            hasBucket = true;
            exchange.sendResponseHeaders(200, -1);
        } else if (!hasBucket) {
            refuse(exchange, 404, "NoSuchBucket");
        } else {
            exchange.getResponseHeaders().set("ETag", "\"0\"");
            exchange.sendResponseHeaders(200, -1);
        }
        exchange.close();
    }

    private static void refuse(HttpExchange exchange, int status, String code) throws IOException {
        byte[] xml =
                "<Error><Code>%s</Code><Message>no fish for you</Message></Error>"
                        .formatted(code)
                        .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, xml.length);
        exchange.getResponseBody().write(xml);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
