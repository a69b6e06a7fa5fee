package holt.standalone.cli;

import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "models",
        description =
                "Lists the models on disk, and the reason if Holt cannot serve one. Also lists the models of a running Holt.",
        sortOptions = false)
final class ModelsCommand implements Callable<Integer> {
    private final Path home;
    private final PrintStream out;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            converter = Values.Folder.class,
            description = "where the models are. Default: DATA/models")
    @Nullable Path models;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory. Default: ./data")
    Path data;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = Values.Url.class,
            description = "the running Holt. Default: ${DEFAULT-VALUE}")
    URI url = Values.LOCAL_HOLT;

    ModelsCommand(Path home, PrintStream out) {
        this.home = home;
        this.out = out;
        this.data = home.resolve("data");
    }

    Path directory() {
        return ModelsDirectory.of(models, data);
    }

    @Override
    public Integer call() throws Exception {
        new ListModels(home.resolve("models"), directory(), data, out).list(url);
        return 0;
    }
}
