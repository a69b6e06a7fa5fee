package holt.api.edge;

import holt.api.ApiApplication;
import holt.api.ApiSettings;
import holt.api.MemoryBudget;
import holt.api.controls.PausedModels;
import holt.api.controls.WriteControls;
import holt.api.keys.WriteKeys;
import holt.api.models.LiveEngines;
import holt.api.models.TestCatalog;
import holt.api.queue.JobsSettings;
import holt.api.queue.QueueState;
import holt.api.queue.RateLimits;
import holt.api.queue.TrackQueues;
import holt.api.queue.TrackRates;
import holt.api.queue.TrackUsage;
import holt.api.queue.usage.UsageCounts;
import holt.api.queue.usage.UsageKey;
import holt.api.queue.usage.UsageRow;
import holt.protocol.EngineHealth;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.ObjectStore;
import holt.store.StoreKeys;
import holt.store.StoreSettings;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.coyote.AbstractProtocol;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.servlet.context.ServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.FilterType;

/**
 * The whole HTTP side on a free port of the loopback address. The queue and the jobs are fakes, the catalogue stands still, and the object
 * store is in memory.
 */
public final class EdgeServer implements AutoCloseable {
    private final ConfigurableApplicationContext context;

    private EdgeServer(ConfigurableApplicationContext context) {
        this.context = context;
    }

    public static EdgeServer start(String... settings) {
        var args = new ArrayList<>(List.of(settings));
        for (String usual :
                List.of(
                        "--server.port=0",
                        "--spring.lifecycle.timeout-per-shutdown-phase=60s",
                        "--holt.api.lame-duck=0s")) {
            String key = usual.substring(0, usual.indexOf('=') + 1);
            if (args.stream().noneMatch(setting -> setting.startsWith(key))) {
                args.add(usual);
            }
        }
        return new EdgeServer(ApiApplication.prepare(Edge.class).run(args.toArray(String[]::new)));
    }

    public int port() {
        return ((ServletWebServerApplicationContext) context).getWebServer().getPort();
    }

    /** The number of open connections to the API, including the one that Tomcat keeps ready. */
    public long connections() {
        var container =
                (TomcatWebServer) ((ServletWebServerApplicationContext) context).getWebServer();
        return ((AbstractProtocol<?>) container.getTomcat().getConnector().getProtocolHandler())
                .getConnectionCount();
    }

    /** The port of health and metrics. */
    public int managementPort() {
        return context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
    }

    public FakeQueue queue() {
        return context.getBean(FakeQueue.class);
    }

    public InMemoryObjectStore store() {
        return context.getBean(InMemoryObjectStore.class);
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    @Override
    public void close() {
        context.close();
    }

    @SpringBootConfiguration
    @EnableAutoConfiguration(exclude = ErrorMvcAutoConfiguration.class)
    @EnableConfigurationProperties({ApiSettings.class, JobsSettings.class})
    @ComponentScan(
            basePackages = "holt.api",
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern =
                                    "holt\\.api\\.(ApiApplication|queue\\..*|(keys|audit|controls)\\.log\\..*|edge\\..*|models\\.(?!ModelsController).*)"))
    static class Edge {
        @Bean
        FakeQueue queue() {
            return new FakeQueue();
        }

        @Bean
        FakeJobs jobs() {
            return new FakeJobs();
        }

        @Bean
        TrackQueues queues() {
            return model -> new QueueState(model, 4, 6, 2, Duration.ofMillis(1500));
        }

        @Bean
        TrackRates rates() {
            return caller -> {
                Integer limit = caller.limits().requestsPerMinute();
                return limit == null
                        ? RateLimits.NONE
                        : new RateLimits(
                                new RateLimits.Quota(limit, limit - 1, Duration.ofMinutes(1)),
                                null);
            };
        }

        @Bean
        TrackUsage usage() {
            return filter ->
                    List.of(
                            new UsageRow(
                                    new UsageKey(
                                            filter.from(),
                                            String.valueOf(filter.caller()),
                                            "k",
                                            new ModelName("a,\"b\"")),
                                    new UsageCounts(3, 1, 20, 5, 30, 2, 1500)));
        }

        @Bean
        LiveEngines engines() {
            return () ->
                    List.of(
                            new LiveEngines.OfWorker(
                                    new WorkerId("w1"),
                                    new EngineHealth(
                                            "openai",
                                            "gpu1:8000",
                                            null,
                                            List.of(new ModelName("m")),
                                            32)),
                            new LiveEngines.OfWorker(
                                    new WorkerId("w2"),
                                    new EngineHealth(
                                            "ollama",
                                            "gpu2:11434",
                                            "the engine cannot be asked",
                                            List.of(),
                                            0)));
        }

        @Bean
        WriteKeys writeKeys() {
            return _ -> CompletableFuture.completedFuture(null);
        }

        @Bean
        FakeAudit audit() {
            return new FakeAudit();
        }

        @Bean
        WriteControls writeControls(PausedModels paused) {
            return control -> {
                paused.apply(control);
                return CompletableFuture.completedFuture(null);
            };
        }

        @Bean
        FakeWorkers workers() {
            return new FakeWorkers();
        }

        @Bean
        FakeDeadLetters deadLetters() {
            return new FakeDeadLetters();
        }

        @Bean
        FakeReadiness readiness() {
            return new FakeReadiness();
        }

        @Bean
        MemoryBudget memory() {
            return new MemoryBudget(Runtime.getRuntime().maxMemory() / 8);
        }

        @Bean
        TestCatalog catalog(ApiSettings settings) {
            return new TestCatalog(settings.modelsByAlias());
        }

        @Bean
        InMemoryObjectStore store() {
            return new InMemoryObjectStore();
        }

        @Bean
        StoreSettings storeSettings() {
            return StoreSettings.of(
                    URI.create("http://127.0.0.1:1"), new StoreKeys("otter", "fish"));
        }

        @Bean
        InstantSource brokerClock() {
            return InstantSource.system();
        }

        @Bean
        ClaimCheck claims(ObjectStore store, InstantSource brokerClock) {
            return new ClaimCheck(store, brokerClock);
        }
    }
}
