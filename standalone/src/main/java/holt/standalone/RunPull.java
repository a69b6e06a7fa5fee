package holt.standalone;

import holt.standalone.hub.HubAddress;
import holt.standalone.hub.Progress;
import holt.standalone.hub.PullModel;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** Brings a model to where the workers look. */
final class RunPull {
    private RunPull() {}

    static void run(Command.Pull pull, Map<String, String> environment, PrintStream out)
            throws IOException, InterruptedException {
        Path models = pull.models().toAbsolutePath().normalize();
        // The data directory, it may be, which is for its owner only.
        DataDirectory.createForOwnerOnly(Objects.requireNonNullElse(models.getParent(), models));
        boolean terminal = System.console() != null && System.console().isTerminal();
        Path folder =
                new PullModel(HubAddress.of(environment), pull.model(), models)
                        .pull(new Progress(out, terminal));
        out.println(
                folder + " is complete; workers that start serve it as " + folder.getFileName());
    }
}
