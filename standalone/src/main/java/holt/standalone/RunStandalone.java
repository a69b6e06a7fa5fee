package holt.standalone;

import holt.api.models.ModelCatalog;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
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
import org.springframework.context.ConfigurableApplicationContext;

/** Broker, store, API and workers in one process; they start side by side, and each waits for what it needs of the others. */
final class RunStandalone implements Holt.Service {
    private static final Duration ANNOUNCED_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(20);

    private final DataDirectory data;
    private final CompletableFuture<EmbeddedBroker> broker;
    private final CompletableFuture<EmbeddedStore> store;
    private final CompletableFuture<ConfigurableApplicationContext> api;
    private final List<CompletableFuture<ConfigurableApplicationContext>> workers;

    private RunStandalone(Command.Up up, Path home, DataDirectory data) {
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
                        // No load balancer is in front.
                        "--holt.api.lame-duck=0s");
        Executor sideBySide = work -> Thread.ofPlatform().name("start").start(work);
        broker =
                CompletableFuture.supplyAsync(
                        () -> EmbeddedBroker.start(data.kafka(), brokerPorts), sideBySide);
        store =
                CompletableFuture.supplyAsync(
                        () -> EmbeddedStore.start(data.objects(), storePort, keys), sideBySide);
        api =
                CompletableFuture.supplyAsync(
                        () -> RunService.startApi(settings, up.port(), "127.0.0.1", up.data()),
                        sideBySide);
        workers =
                IntStream.range(0, up.workers())
                        .mapToObj(_ ->
                                CompletableFuture.supplyAsync(
                                        () ->
                                                RunService.startWorker(
                                                        settings, up.models(), home, up.data()),
                                        sideBySide))
                        .toList();
    }

    /**
     * Returns once the models are listed.
     *
     * @throws CannotStartException if a port is taken, or another process works in the data directory
     */
    static RunStandalone start(Command.Up up, Path home) {
        for (int port : up.port() == 0 ? new int[0] : new int[] {up.port(), up.port() + 1}) {
            if (!KeptPorts.isFree(port)) {
                throw new CannotStartException(ReasonOf.portInUse(port));
            }
        }
        var standalone = new RunStandalone(up, home, DataDirectory.open(up.data()));
        standalone.started().join();
        standalone.awaitModels();
        standalone.sayReady(up);
        return standalone;
    }

    /** Where the API listens. */
    String url() {
        return RunService.url(api.join(), "127.0.0.1");
    }

    /** The API first, whose waiting clients are answered while workers still run; then the workers; then what both need. */
    @Override
    public void close() throws Exception {
        api.join().close();
        workers.parallelStream().forEach(worker -> worker.join().close());
        store.join().close();
        broker.join().close();
        data.close();
    }

    /** Done when all parts serve; fails as soon as one does, since the others may wait for it. */
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
                throw new CannotStartException("the workers' announcement did not reach the API");
            }
            LockSupport.parkNanos(LOOK_AGAIN.toNanos());
        }
    }

    private void sayReady(Command.Up up) {
        if (up.workers() == 0) {
            System.out.println("Workers are welcome:");
            System.out.println("  set -a; . " + data.keyFile() + "; set +a");
            System.out.println(
                    "  ./holt worker --kafka "
                            + broker.join().bootstrap()
                            + " --s3 "
                            + store.join().endpoint());
        }
        RunService.sayManagement(api.join());
        System.out.println("Holt is ready on " + url());
    }
}
