package holt.standalone.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "worker", description = "Runs one worker alone.", sortOptions = false)
final class WorkerCommand implements Callable<Integer> {
    private final Path home;

    @Mixin final ClusterOptions cluster = new ClusterOptions();

    @Option(
            names = "--models",
            paramLabel = "DIR",
            converter = Values.Folder.class,
            description = {"models to serve beside the built-in ones.", "Default: ./data/models"})
    @Nullable Path models;

    @Option(
            names = "--device",
            paramLabel = "auto|cpu|cuda:N",
            converter = Values.Device.class,
            description = "device that runs the models. Default: ${DEFAULT-VALUE}")
    String device = "auto";

    @Mixin final EngineOptions engines = new EngineOptions();

    WorkerCommand(Path home) {
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        ServeUntilStopped.serve(() ->
                StartService.worker(
                        cluster.kafka, cluster.s3(), models, device, engines.settings(), home));
        return 0;
    }
}
