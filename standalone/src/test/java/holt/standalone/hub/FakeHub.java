package holt.standalone.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A hub with one model, {@code otter/fish}, and the host to which it sends for large files: two ports of this machine. */
public final class FakeHub implements AutoCloseable {
    public static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SIGNATURE = "?signature=secret";

    /** What was asked for. */
    record Asked(
            String host, String path, @Nullable String range, @Nullable String authorization) {}

    /** How the next answer for a file goes wrong. */
    sealed interface Fault {
        /** The connection ends after so many bytes. */
        record Cut(int bytes) implements Fault {}

        /** The first byte is another one. */
        record Damage() implements Fault {}

        /** @param retryAfter null: the answer does not say */
        record Status(int code, @Nullable String retryAfter) implements Fault {
            Status(int code) {
                this(code, null);
            }
        }

        /** The whole file comes, whatever was asked for. */
        record IgnoreRange() implements Fault {}
    }

    private final HttpServer hub = server();
    private final HttpServer store = server();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, Queue<Fault>> faults = new ConcurrentHashMap<>();
    final List<Asked> asked = new CopyOnWriteArrayList<>();
    volatile String commit = COMMIT;
    volatile @Nullable String token;
    volatile Fault.@Nullable Status refusal;
    volatile String errorCode = "";

    /** How the next answers for the list go wrong. */
    final Queue<Fault.Status> listFaults = new ConcurrentLinkedQueue<>();

    /** Whether the list has names alone, as that of a mirror. */
    volatile boolean listsNamesOnly;

    public FakeHub() {
        hub.createContext("/api/models/otter/fish/revision/main", this::list);
        hub.createContext("/otter/fish/resolve/", this::resolve);
        store.createContext(
                "/blobs/",
                exchange ->
                        send(
                                exchange,
                                "store",
                                exchange.getRequestURI().getPath().substring("/blobs/".length())));
        for (HttpServer server : List.of(hub, store)) {
            server.setExecutor(threads);
            server.start();
        }
    }

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public FakeHub with(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    FakeHub with(String path, String content) {
        return with(path, content.getBytes(StandardCharsets.UTF_8));
    }

    FakeHub fails(String path, Fault... in) {
        faults.computeIfAbsent(path, _ -> new ConcurrentLinkedQueue<>()).addAll(List.of(in));
        return this;
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + hub.getAddress().getPort());
    }

    byte[] content(String path) {
        return files.get(path);
    }

    /** Large files are kept elsewhere; the hub's git has a pointer to them. */
    private static boolean isLarge(String path) {
        return path.endsWith(".safetensors") || path.endsWith(".bin") || path.endsWith(".gguf");
    }

    private void list(HttpExchange exchange) throws IOException {
        note(exchange, "hub");
        if (isRefused(exchange)) {
            return;
        }
        Fault.Status busy = listFaults.poll();
        if (busy != null) {
            refuse(exchange, busy);
            return;
        }
        ObjectNode answer = JSON.createObjectNode().put("id", "otter/fish").put("sha", commit);
        var siblings = answer.putArray("siblings");
        files.forEach((path, content) -> {
            ObjectNode file = siblings.addObject().put("rfilename", path);
            if (listsNamesOnly) {
                return;
            }
            file.put("size", content.length)
                    .put("blobId", gitId(isLarge(path) ? new byte[] {1} : content));
            if (isLarge(path)) {
                file.putObject("lfs")
                        .put("sha256", hex("SHA-256", content))
                        .put("size", content.length)
                        .put("pointerSize", 1);
            }
        });
        byte[] body = JSON.writeValueAsBytes(answer);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void resolve(HttpExchange exchange) throws IOException {
        String path =
                exchange.getRequestURI().getPath().replaceFirst("/otter/fish/resolve/[^/]+/", "");
        if (!isLarge(path)) {
            send(exchange, "hub", path);
            return;
        }
        note(exchange, "hub");
        if (!isRefused(exchange)) {
            exchange.getResponseHeaders()
                    .set(
                            "Location",
                            "http://127.0.0.1:"
                                    + store.getAddress().getPort()
                                    + "/blobs/"
                                    + path
                                    + SIGNATURE);
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        }
    }

    private boolean isRefused(HttpExchange exchange) throws IOException {
        Fault.Status all = refusal;
        boolean known =
                token == null
                        || ("Bearer " + token)
                                .equals(exchange.getRequestHeaders().getFirst("Authorization"));
        if (all == null && known) {
            return false;
        }
        exchange.getResponseHeaders().set("X-Error-Code", errorCode);
        exchange.sendResponseHeaders(all == null ? 401 : all.code(), -1);
        exchange.close();
        return true;
    }

    private void note(HttpExchange exchange, String host) {
        asked.add(
                new Asked(
                        host,
                        exchange.getRequestURI().getPath(),
                        exchange.getRequestHeaders().getFirst("Range"),
                        exchange.getRequestHeaders().getFirst("Authorization")));
    }

    private void send(HttpExchange exchange, String host, String path) throws IOException {
        note(exchange, host);
        if (host.equals("hub") && isRefused(exchange)) {
            return;
        }
        byte[] content = files.get(path).clone();
        Queue<Fault> planned = faults.get(path);
        Fault fault = planned == null ? null : planned.poll();
        int from = 0;
        String range = exchange.getRequestHeaders().getFirst("Range");
        if (range != null && !(fault instanceof Fault.IgnoreRange)) {
            from = Integer.parseInt(range.replaceAll("\\D", ""));
            exchange.getResponseHeaders()
                    .set(
                            "Content-Range",
                            "bytes " + from + "-" + (content.length - 1) + "/" + content.length);
        }
        int length = content.length - from;
        int sent = length;
        switch (fault) {
            case null -> {}
            case Fault.IgnoreRange _ -> {}
            case Fault.Damage _ -> content[from] ^= 1;
            case Fault.Cut cut -> sent = cut.bytes();
            case Fault.Status status -> {
                refuse(exchange, status);
                return;
            }
        }
        if (exchange.getRequestMethod().equals("HEAD")) {
            exchange.getResponseHeaders().set("Content-Length", Integer.toString(length));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
            return;
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, length);
        OutputStream out = exchange.getResponseBody();
        out.write(content, from, sent);
        out.flush();
        exchange.close();
    }

    private static void refuse(HttpExchange exchange, Fault.Status status) throws IOException {
        if (status.retryAfter() != null) {
            exchange.getResponseHeaders().set("Retry-After", status.retryAfter());
        }
        exchange.sendResponseHeaders(status.code(), -1);
        exchange.close();
    }

    static String gitId(byte[] content) {
        byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.UTF_8);
        byte[] blob = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, blob, head.length, content.length);
        return hex("SHA-1", blob);
    }

    static String hex(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        hub.stop(0);
        store.stop(0);
        threads.shutdownNow();
    }
}
