package holt.api.node;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A fake of a communication node's registration interface: its checks, its error texts, and the entries that it keeps in a file over
 * restarts. {@link FakeNodeClient} is the node's other half, which calls the registered models.
 *
 * <p>The real one is the program AIComputingNode that docs/node.md names. {@code FakeNodeTest} checks the fake against {@code node.json}, the
 * description of that node's answers and error texts.
 */
final class FakeNode implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String ID = "16Uiu2HAm5cygUrKCBxtNSMKKvgdr1saPM6XWcgnPyTvK4sdrARGL";
    private static final String REGISTER = "/api/v0/ai/model/register";

    private final Path file;
    private final HttpServer server;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
    private final AtomicInteger writing = new AtomicInteger();
    private final AtomicInteger mostWriting = new AtomicInteger();
    private volatile @Nullable Function<Call, Answer> trouble;
    private volatile boolean silent;

    /** Running requests by entry. */
    private final Map<String, Integer> load = new HashMap<>();

    /** A request to the node. */
    record Call(String path, String body) {
        boolean registers() {
            return path.equals(REGISTER);
        }

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    /** A reply. */
    record Answer(int status, String body) {
        static Answer of(int status, Map<String, Object> body) {
            return new Answer(status, JSON.writeValueAsString(body));
        }

        /** A success has no code. */
        static Answer ok(String message) {
            return of(200, Map.of("message", message));
        }

        static Answer wrong(int code, String message) {
            return of(400, Map.of("code", code, "message", message));
        }
    }

    private FakeNode(Path file, int port) throws IOException {
        this.file = file;
        server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    /** @param port 0 takes a free one */
    static FakeNode start(Path file, int port) throws IOException {
        return new FakeNode(file, port);
    }

    int port() {
        return server.getAddress().getPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    /** All entries, in the order of their registration. */
    synchronized List<Entry> entries() {
        try {
            return Files.exists(file)
                    ? JSON.readValue(Files.readAllBytes(file), new TypeReference<List<Entry>>() {})
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces all entries, as if somebody else had written them. */
    synchronized void keep(List<Entry> entries) {
        try {
            Files.write(file, JSON.writeValueAsBytes(entries));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Chooses the entry for a client's request without a cid, as the node does. Of the entries with that project and model it takes the first
     * one with the fewest running requests. The type does not count, so a generation may go to the route for edits.
     */
    synchronized Entry choose(String project, String model) {
        Entry chosen =
                entries().stream()
                        .filter(entry ->
                                entry.project().equals(project) && entry.model().equals(model))
                        .min(Comparator.comparingInt(this::load))
                        .orElseThrow();
        load.merge(chosen.label(), 1, Integer::sum);
        return chosen;
    }

    /** The request to the chosen entry has ended. */
    synchronized void ended(Entry chosen) {
        load.merge(chosen.label(), -1, Integer::sum);
    }

    private int load(Entry entry) {
        return load.getOrDefault(entry.label(), 0);
    }

    List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The most writing calls that ran at the same time. The real node does not guard its writes. */
    int mostWriting() {
        return mostWriting.get();
    }

    /** From now on all calls get these answers. */
    void answer(Function<Call, Answer> next) {
        trouble = next;
    }

    /** From now on no call gets an answer. */
    void fallSilent() {
        silent = true;
    }

    /** From now on new calls get normal answers. */
    void recover() {
        trouble = null;
        silent = false;
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body =
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var call = new Call(exchange.getRequestURI().getPath(), body);
            calls.add(call);
            if (silent) {
                closed.await();
                return;
            }
            Function<Call, Answer> other = trouble;
            Answer answer = other == null ? answer(exchange, call) : other.apply(call);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Answer answer(HttpExchange exchange, Call call) {
        String route = exchange.getRequestMethod() + " " + call.path();
        return switch (route) {
            case "GET /api/v0/id" -> Answer.of(200, Map.of("peer_id", ID));
            case "POST /api/v0/ai/project/peer" -> peer(call);
            case "POST " + REGISTER -> write(() -> register(call));
            case "POST /api/v0/ai/model/unregister" -> write(() -> unregister(call));
            default -> new Answer(404, "404 page not found");
        };
    }

    private Answer write(Supplier<Answer> write) {
        mostWriting.accumulateAndGet(writing.incrementAndGet(), Math::max);
        try {
            return write.get();
        } finally {
            writing.decrementAndGet();
        }
    }

    private synchronized Answer peer(Call call) {
        if (!ID.equals(call.json().path("node_id").asString(""))) {
            return Answer.of(504, Map.of("code", 1005, "message", "Processing timeout"));
        }
        var projects = new TreeMap<String, List<Map<String, Object>>>();
        for (Entry entry : entries()) {
            projects.computeIfAbsent(entry.project(), _ -> new ArrayList<>())
                    .add(
                            Map.of(
                                    "Model", entry.model(),
                                    "API", entry.api(),
                                    "Type", entry.type(),
                                    "CID", entry.cid(),
                                    "Idle", load(entry)));
        }
        return Answer.of(200, Map.of("data", projects));
    }

    private synchronized Answer register(Call call) {
        @Nullable JsonNode body = body(call);
        if (body == null || !(body.path("type").isMissingNode() || body.path("type").isInt())) {
            return Answer.wrong(1002, "Parsing error");
        }
        for (String needed : List.of("project", "model", "api")) {
            if (text(body, needed).isEmpty()) {
                return Answer.wrong(1001, needed + " can not be empty");
            }
        }
        String refusal = refusal(text(body, "api"));
        if (!refusal.isEmpty()) {
            return Answer.wrong(1001, refusal);
        }
        if (text(body, "cid").isEmpty()) {
            return Answer.wrong(
                    1001, "cid represents the docker container id, which can not be empty");
        }
        var entry =
                new Entry(
                        text(body, "project"),
                        text(body, "model"),
                        text(body, "api"),
                        body.path("type").asInt(0),
                        text(body, "cid"));
        keep(
                Stream.concat(
                                entries().stream().filter(other -> !entry.replaces(other)),
                                Stream.of(entry))
                        .toList());
        return Answer.ok("ok");
    }

    private synchronized Answer unregister(Call call) {
        @Nullable JsonNode body = body(call);
        if (body == null) {
            return Answer.wrong(1002, "Parsing error");
        }
        List<Entry> left =
                entries().stream()
                        .filter(entry ->
                                !entry.project().equals(text(body, "project"))
                                        || !entry.model().equals(text(body, "model"))
                                        || !entry.cid().equals(text(body, "cid")))
                        .toList();
        boolean existed = left.size() < entries().size();
        keep(left);
        return Answer.ok(existed ? "ok" : "not existed");
    }

    /** Returns null if a field has the wrong type. */
    private static @Nullable JsonNode body(Call call) {
        try {
            JsonNode body = call.json();
            boolean texts =
                    Stream.of("project", "model", "api", "cid")
                            .map(body::path)
                            .allMatch(field -> field.isMissingNode() || field.isString());
            return body.isObject() && texts ? body : null;
        } catch (JacksonException e) {
            return null;
        }
    }

    private static String text(JsonNode body, String field) {
        return body.path(field).asString("");
    }

    /** The node accepts only addresses of its own machine, and resolves no names. */
    private static String refusal(String api) {
        String host = URI.create(api).getHost();
        if (host.equals("localhost")) {
            return "";
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(host);
        } catch (IllegalArgumentException e) {
            return "parse ip from model api failed";
        }
        try {
            return NetworkInterface.getByInetAddress(address) == null
                    ? "the url and the node are not on the same machine"
                    : "";
        } catch (IOException e) {
            return "list interface addressess failed";
        }
    }
}
