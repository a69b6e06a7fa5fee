package holt.worker.management;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.registry.MultiCollector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers {@code GET /health}, {@code /ready} and {@code /metrics}. The port opens before the worker claims jobs, and closes after it has
 * drained.
 */
public final class ManagementServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ManagementServer.class);
    private static final String STARTING = "this worker starts";
    private static final int UNREADY = 503;

    private final ManagementSettings settings;
    private final @Nullable HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final PrometheusMeterRegistry registry =
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private volatile Supplier<@Nullable String> unready = () -> STARTING;

    /** @throws UncheckedIOException if the port is in use */
    public ManagementServer(ManagementSettings settings) {
        this.settings = settings;
        this.server = settings.isOff() ? null : start();
    }

    /**
     * Shows a worker.
     *
     * @param unreadyBecause why it claims no jobs; null if it does
     */
    public void show(
            List<Collector> counters,
            List<MultiCollector> gauges,
            Supplier<@Nullable String> unreadyBecause) {
        counters.forEach(registry.getPrometheusRegistry()::register);
        gauges.forEach(registry.getPrometheusRegistry()::register);
        unready = unreadyBecause;
    }

    /** Null if there is no port. */
    public @Nullable String url() {
        return server == null
                ? null
                : "http://" + settings.address() + ":" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        if (server != null) {
            server.stop(0);
        }
        threads.close();
        registry.close();
    }

    private HttpServer start() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        try {
            HttpServer started =
                    HttpServer.create(
                            new InetSocketAddress(settings.address(), settings.port()), 0);
            started.setExecutor(threads);
            started.createContext("/", exchange -> send(exchange, 404, "text/plain", "not found"));
            started.createContext(
                    "/health",
                    exchange -> send(exchange, 200, "application/json", "{\"status\":\"up\"}"));
            started.createContext("/ready", this::ready);
            started.createContext(
                    "/metrics",
                    exchange ->
                            send(exchange, 200, "text/plain; version=0.0.4", registry.scrape()));
            started.start();
            LOG.atInfo()
                    .addKeyValue("port", started.getAddress().getPort())
                    .log("health and metrics are open");
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "holt.worker.management.port: the port "
                            + settings.port()
                            + " cannot be opened",
                    e);
        }
    }

    private void ready(HttpExchange exchange) throws IOException {
        String reason = unready.get();
        if (reason == null) {
            send(exchange, 200, "application/json", "{\"status\":\"ready\"}");
        } else {
            send(
                    exchange,
                    UNREADY,
                    "application/json",
                    "{\"status\":\"unready\",\"message\":\"" + reason + "\"}");
        }
    }

    private static void send(HttpExchange exchange, int status, String type, String text)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
