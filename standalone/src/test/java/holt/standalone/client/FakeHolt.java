package holt.standalone.client;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers chats as a Holt does. */
final class FakeHolt implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();

    /** What one question gets. */
    sealed interface Answer {
        /** Pieces, and the end. */
        record Text(List<String> pieces) implements Answer {}

        /** Pieces, and nothing more for as long as the client stays. */
        record Endless(List<String> pieces) implements Answer {}

        /** Pieces, and a connection that ends. */
        record BrokenOff(List<String> pieces) implements Answer {}

        /** Pieces, and an event that says why there are no more. */
        record Failed(List<String> pieces, String message) implements Answer {}

        record Refused(int status, String message) implements Answer {}
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    /** The bodies of the questions. */
    final List<JsonNode> asked = new CopyOnWriteArrayList<>();

    FakeHolt(Answer... answers) {
        try {
            server =
                    HttpServer.create(
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.answers.addAll(List.of(answers));
        server.createContext("/v1/chat/completions", this::chat);
        server.createContext(
                "/v1/models",
                exchange ->
                        send(
                                exchange,
                                200,
                                """
                                {"code":0,"message":"success","object":"list","data":[
                                {"id":"otter","kind":"chat","description":"an otter","context_length":64}]}\
                                """));
        server.createContext(
                "/admin/v1/engines",
                exchange ->
                        send(
                                exchange,
                                200,
                                """
                                {"object":"list","data":[
                                {"object":"engine","kind":"openai","address":"gpu1:8000","up":true,"models":["otter","seal"],"slots":32},
                                {"object":"engine","kind":"ollama","address":"gpu2:11434","up":false,"trouble":"it is away","models":[],"slots":0}]}\
                                """));
        server.setExecutor(threads);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void chat(HttpExchange exchange) throws IOException {
        asked.add(JSON.readTree(exchange.getRequestBody().readAllBytes()));
        switch (answers.remove()) {
            case Answer.Text text -> {
                stream(exchange, text.pieces());
                write(exchange, "data: [DONE]\n\n");
                exchange.close();
            }
            case Answer.Endless endless -> {
                stream(exchange, endless.pieces());
                await();
                exchange.close();
            }
            case Answer.BrokenOff broken -> {
                stream(exchange, broken.pieces());
                exchange.close();
            }
            case Answer.Failed failed -> {
                stream(exchange, failed.pieces());
                write(exchange, "event: error\ndata: " + error(failed.message()) + "\n\n");
                exchange.close();
            }
            case Answer.Refused refused ->
                    send(exchange, refused.status(), error(refused.message()));
        }
    }

    private void await() {
        try {
            closed.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String error(String message) {
        return "{\"code\":1,\"message\":\"%s\",\"error\":{}}".formatted(message);
    }

    private static void stream(HttpExchange exchange, List<String> pieces) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
        exchange.sendResponseHeaders(200, 0);
        write(exchange, ": ping\n\n");
        write(
                exchange,
                "data: {\"choices\":[{\"delta\":{\"role\":\"assistant\",\"content\":\"\"}}]}\n\n");
        for (String piece : pieces) {
            String content = JSON.writeValueAsString(piece);
            write(exchange, "data: {\"choices\":[{\"delta\":{\"content\":" + content + "}}]}\n\n");
        }
    }

    private static void write(HttpExchange exchange, String text) throws IOException {
        exchange.getResponseBody().write(text.getBytes(StandardCharsets.UTF_8));
        exchange.getResponseBody().flush();
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
