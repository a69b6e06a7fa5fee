package holt.standalone.cli;

import holt.api.models.ModelCatalog;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.standalone.embedded.BrokerPorts;
import holt.standalone.embedded.CannotStartException;
import holt.standalone.embedded.DataDirectory;
import holt.standalone.embedded.EmbeddedBroker;
import holt.standalone.embedded.EmbeddedStore;
import holt.standalone.embedded.KeptPorts;
import holt.standalone.embedded.KeyFile;
import holt.store.StoreKeys;
import holt.worker.ServeUntilDrained;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/** Runs broker, store, API and workers in one process. They start at the same time, and each waits for the others that it needs. */
final class RunStandalone implements AutoCloseable {
    private static final Duration ANNOUNCED_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final DataDirectory data;
    private final CompletableFuture<EmbeddedBroker> broker;
    private final CompletableFuture<EmbeddedStore> store;
    private final CompletableFuture<ConfigurableApplicationContext> api;
    private final List<CompletableFuture<ConfigurableApplicationContext>> workers;

    private RunStandalone(
            int port,
            Path path,
            @Nullable Path models,
            int count,
            List<String> engines,
            Path home,
            DataDirectory data) {
        this.data = data;
        var ports = new KeptPorts(data.portsFile());
        var brokerPorts = new BrokerPorts(ports.port("kafka"), ports.port("controller"));
        int storePort = ports.port("s3");
        StoreKeys keys = KeyFile.readOrCreate(data.keyFile());
        List<String> settings =
                List.of(
                        "--holt.kafka.bootstrap=127.0.0.1:" + brokerPorts.clients(),
                        "--holt.store.endpoint=http://127.0.0.1:" + storePort,
                        "--holt.store.access-key=" + keys.access(),
                        "--holt.store.secret-key=" + keys.secret(),
                        // There is no load balancer that must notice the stop first.
                        "--holt.api.lame-duck=0s",
                        // The store is on the same disk, and there is one instance.
                        "--holt.history.snapshot-every=0s");
        // The first worker serves the engines. A second one would put twice as many jobs into each.
        var first = new ArrayList<String>(settings);
        first.addAll(engines);
        first.add("--holt.worker.folders=true");
        Executor sideBySide = work -> Thread.ofPlatform().name("start").start(work);
        broker =
                CompletableFuture.supplyAsync(
                        () -> EmbeddedBroker.start(data.kafka(), brokerPorts), sideBySide);
        store =
                CompletableFuture.supplyAsync(
                        () -> EmbeddedStore.start(data.objects(), storePort, keys), sideBySide);
        api =
                CompletableFuture.supplyAsync(
                        () -> StartService.startApi(settings, port, "127.0.0.1", path), sideBySide);
        workers =
                IntStream.range(0, count)
                        .mapToObj(worker ->
                                CompletableFuture.supplyAsync(
                                        () ->
                                                StartService.startWorker(
                                                        worker == 0 ? first : settings,
                                                        models,
                                                        home,
                                                        path),
                                        sideBySide))
                        .toList();
    }

    /**
     * Returns once the API lists the workers' models.
     *
     * @param models null: the default directory
     * @param workers their number
     * @param engines settings that name those whose models the first worker serves as well
     * @param home holds the built-in models
     * @throws CannotStartException if a port is in use, or another process uses the data directory
     */
    static RunStandalone start(
            int port,
            Path data,
            @Nullable Path models,
            int workers,
            List<String> engines,
            Path home) {
        for (int needed : port == 0 ? new int[0] : new int[] {port, port + 1}) {
            if (!KeptPorts.isFree(needed)) {
                throw new CannotStartException(ReasonOf.portInUse(needed));
            }
        }
        var standalone =
                new RunStandalone(
                        port, data, models, workers, engines, home, DataDirectory.open(data));
        standalone.started().join();
        standalone.awaitModels();
        standalone.printReady();
        return standalone;
    }

    /** Stops the API first, so that workers still answer its clients. Then the workers, then store and broker. */
    @Override
    public void close() throws Exception {
        api.join().close();
        workers.parallelStream().forEach(worker -> worker.join().close());
        store.join().close();
        broker.join().close();
        data.close();
    }

    /** Completes when all parts serve. Fails as soon as one part fails, because the others may wait for it. */
    private CompletableFuture<?> started() {
        var parts = new ArrayList<CompletableFuture<?>>(workers);
        parts.addAll(List.of(broker, store, api));
        var started = new CompletableFuture<Void>();
        parts.forEach(part ->
                part.whenComplete((_, failure) -> {
                    if (failure != null) {
                        started.completeExceptionally(failure);
                    }
                }));
        CompletableFuture.allOf(parts.toArray(CompletableFuture<?>[]::new))
                .thenRun(() -> started.complete(null));
        return started;
    }

    private void awaitModels() {
        Set<ModelName> served =
                workers.stream()
                        .flatMap(worker ->
                                worker.join().getBean(ServeUntilDrained.class).models().stream())
                        .collect(Collectors.toSet());
        ModelCatalog catalog = api.join().getBean(ModelCatalog.class);
        long giveUp = System.nanoTime() + ANNOUNCED_WITHIN.toNanos();
        while (!catalog.list().stream()
                .map(KnownModel::name)
                .collect(Collectors.toSet())
                .containsAll(served)) {
            if (System.nanoTime() - giveUp > 0) {
                throw new CannotStartException(
                        "the API did not see the workers' announcement within "
                                + ANNOUNCED_WITHIN.toSeconds()
                                + " s");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private void printReady() {
        if (workers.isEmpty()) {
            System.out.println("Start workers with:");
            System.out.println("  set -a; . " + data.keyFile() + "; set +a");
            System.out.println(
                    "  ./holt worker --kafka "
                            + broker.join().bootstrap()
                            + " --s3 "
                            + store.join().endpoint());
        }
        StartService.printManagement(api.join());
        System.out.println("Holt is ready on " + StartService.url(api.join(), "127.0.0.1"));
    }
}
