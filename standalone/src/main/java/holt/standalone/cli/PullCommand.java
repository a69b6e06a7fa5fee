package holt.standalone.cli;

import holt.standalone.embedded.DataDirectory;
import holt.standalone.hub.HubAddress;
import holt.standalone.hub.HubModel;
import holt.standalone.hub.Progress;
import holt.standalone.hub.PullModel;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "pull",
        description = "Downloads a model from a Hugging Face hub. Resumes an interrupted download.",
        sortOptions = false,
        footer = {
            "HOLT_HUB_URL    another hub than https://huggingface.co",
            "HOLT_HUB_TOKEN  (or HF_TOKEN) token for private and gated models"
        })
final class PullCommand implements Callable<Integer> {
    private final PrintStream out;

    @Parameters(
            paramLabel = "ORG/NAME[/FILE.gguf][@REVISION]",
            converter = Values.Model.class,
            description = "the model on the hub")
    @Nullable HubModel model;

    @Option(
            names = "--models",
            paramLabel = "DIR",
            description = "where the model goes. Default: DATA/models")
    @Nullable Path models;

    @Option(names = "--data", paramLabel = "DIR", description = "data directory. Default: ./data")
    Path data;

    PullCommand(Path home, PrintStream out) {
        this.out = out;
        this.data = home.resolve("data");
    }

    /** The folder of all models. It need not exist. */
    Path directory() {
        return models == null ? ModelsDirectory.of(null, data) : models;
    }

    @Override
    public Integer call() throws Exception {
        Path directory = directory().toAbsolutePath().normalize();
        // The parent may be the data directory, which is for its owner only.
        DataDirectory.createForOwnerOnly(
                Objects.requireNonNullElse(directory.getParent(), directory));
        var pull =
                new PullModel(
                        HubAddress.of(System.getenv()), Objects.requireNonNull(model), directory);
        Path folder = pull.pull(new Progress(out, Terminal.isInteractive()));
        out.println(
                folder + " is complete; workers that start serve it as " + folder.getFileName());
        return 0;
    }
}
