package holt.standalone.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "worker", description = "Runs one worker alone.", sortOptions = false)
final class WorkerCommand implements Callable<Integer> {
    private final Path home;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            required = true,
            converter = Values.Brokers.class,
            description = "the Kafka brokers, several separated by commas")
    String kafka = "";

    @Option(
            names = "--s3",
            paramLabel = "URL",
            required = true,
            converter = Values.Url.class,
            description = "the S3 service")
    @Nullable URI s3;

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

    WorkerCommand(Path home) {
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        ServeUntilStopped.serve(
                () -> StartService.worker(kafka, Objects.requireNonNull(s3), models, device, home));
        return 0;
    }
}
