package holt.standalone.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = "Runs Kafka broker, S3 store, API and workers in one process.",
        sortOptions = false)
final class UpCommand implements Callable<Integer> {
    private final Path home;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = Values.Port.class,
            description = "port of the API; 0 picks a free port. Default: ${DEFAULT-VALUE}")
    int port = Values.DEFAULT_PORT;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "directory for queued jobs, objects and keys, which survive a restart. Default: ./data")
    Path data;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            converter = Values.Folder.class,
            description =
                    "models to serve beside the built-in ones. Default: DATA/models, where holt pull puts models")
    @Nullable Path models;

    @Option(
            names = "--workers",
            paramLabel = "N",
            converter = Values.Workers.class,
            description =
                    "number of workers in this process; with 0, holt prints the addresses that separate workers need."
                            + " Default: ${DEFAULT-VALUE}")
    int workers = 1;

    @Mixin final EngineOptions engines = new EngineOptions();

    UpCommand(Path home) {
        this.home = home;
        this.data = home.resolve("data");
    }

    @Override
    public Integer call() throws Exception {
        ServeUntilStopped.serve(
                () -> RunStandalone.start(port, data, models, workers, engines.settings(), home));
        return 0;
    }
}
