package holt.worker.remote;

import holt.protocol.TraceContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** HTTP to one engine: no other host, no proxy, no redirects. Requests go over HTTP/1.1, so that closing a connection ends one request. */
public final class CallEngine implements AutoCloseable {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    /** Short answers, such as the list of models, come within this time. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private static final int MOST_BYTES = 4 << 20;

    private final EngineSettings engine;
    private final HttpClient http;
    private final ScheduledExecutorService timer;
    private final @Nullable TraceContext trace;

    public CallEngine(EngineSettings engine) {
        this(
                engine,
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .proxy(HttpClient.Builder.NO_PROXY)
                        .connectTimeout(CONNECT_WITHIN)
                        .build(),
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().name("engine-timer").factory()),
                null);
    }

    private CallEngine(
            EngineSettings engine,
            HttpClient http,
            ScheduledExecutorService timer,
            @Nullable TraceContext trace) {
        this.engine = engine;
        this.http = http;
        this.timer = timer;
        this.trace = trace;
    }

    /**
     * The same connections, for requests of a trace. It needs no closing.
     *
     * @param other null: none
     */
    public CallEngine within(@Nullable TraceContext other) {
        return other == null ? this : new CallEngine(engine, http, timer, other);
    }

    /** For what a request must look at from time to time, such as silence. */
    public ScheduledExecutorService timer() {
        return timer;
    }

    /** Asks for something short. */
    public HttpResponse<byte[]> get(String path) throws IOException, InterruptedException {
        return ask(request(path).GET().build(), ANSWER_WITHIN);
    }

    /** Posts JSON whose answer is short, and comes soon. */
    public HttpResponse<byte[]> ask(String path, byte[] json)
            throws IOException, InterruptedException {
        return ask(path, json, ANSWER_WITHIN);
    }

    /** Posts JSON whose answer is short. */
    public HttpResponse<byte[]> ask(String path, byte[] json, Duration within)
            throws IOException, InterruptedException {
        return ask(json(path, json).build(), within);
    }

    /** Posts a form whose answer is short. */
    public HttpResponse<byte[]> ask(String path, Multipart form, Duration within)
            throws IOException, InterruptedException {
        return ask(form(path, form), within);
    }

    private HttpResponse<byte[]> ask(HttpRequest request, Duration within)
            throws IOException, InterruptedException {
        BodyHandler<byte[]> bounded = BodyHandlers.limiting(BodyHandlers.ofByteArray(), MOST_BYTES);
        CompletableFuture<HttpResponse<byte[]>> sent = http.sendAsync(request, bounded);
        try {
            return sent.get(within.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the engine cannot be asked", e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("the engine does not answer in time", e);
        } finally {
            sent.cancel(true);
        }
    }

    /** Posts JSON. Cancelling the future, or closing the body, closes the connection. */
    public CompletableFuture<HttpResponse<InputStream>> post(String path, byte[] json) {
        return http.sendAsync(json(path, json).build(), BodyHandlers.ofInputStream());
    }

    /** Posts a form. Cancelling the future, or closing the body, closes the connection. */
    public CompletableFuture<HttpResponse<InputStream>> post(String path, Multipart form) {
        return http.sendAsync(form(path, form), BodyHandlers.ofInputStream());
    }

    /** Gets a long answer. Cancelling the future, or closing the body, closes the connection. */
    public CompletableFuture<HttpResponse<InputStream>> open(String path) {
        return http.sendAsync(request(path).GET().build(), BodyHandlers.ofInputStream());
    }

    /**
     * Gets a long answer from an address that the engine names.
     *
     * @throws IllegalArgumentException if it is on another host
     */
    CompletableFuture<HttpResponse<InputStream>> openOwn(String address) {
        return http.sendAsync(
                request(engine.own(address)).GET().build(), BodyHandlers.ofInputStream());
    }

    /** Opens a WebSocket. */
    public CompletableFuture<WebSocket> listen(String path, WebSocket.Listener listener) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(CONNECT_WITHIN);
        @Nullable String authorization = engine.authorization();
        if (authorization != null) {
            builder.header("Authorization", authorization);
        }
        // ws for http, wss for https
        URI address = URI.create(engine.route(path).toString().replaceFirst("^http", "ws"));
        return builder.buildAsync(address, listener);
    }

    private HttpRequest form(String path, Multipart form) {
        return request(path)
                .header("Content-Type", form.contentType())
                .POST(HttpRequest.BodyPublishers.ofByteArray(form.bytes()))
                .build();
    }

    private HttpRequest.Builder json(String path, byte[] json) {
        return request(path)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json, text/event-stream")
                .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    }

    private HttpRequest.Builder request(String path) {
        return request(engine.route(path));
    }

    private HttpRequest.Builder request(URI address) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        @Nullable String authorization = engine.authorization();
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (trace != null) {
            request.header("traceparent", trace.traceparent());
            if (trace.tracestate() != null) {
                request.header("tracestate", trace.tracestate());
            }
        }
        return request;
    }

    /** Ends all requests. */
    @Override
    public void close() {
        timer.shutdownNow();
        http.shutdownNow();
    }
}
