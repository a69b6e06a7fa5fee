package holt.standalone.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "workers",
        description = "Shows the live workers. Drains one of them.",
        sortOptions = false)
final class WorkersCommand extends OperatorCommand {
    static final List<String> HEAD = List.of("WORKER", "STATE", "HEARTBEAT", "BUSY");

    WorkersCommand(PrintStream out) {
        super(out);
    }

    @Override
    public void run() {
        print(HEAD, holt().get("workers", Map.of()), WorkersCommand::row);
    }

    static List<String> row(JsonNode worker) {
        return List.of(
                text(worker, "id"),
                text(worker, "state"),
                time(worker, "heartbeat"),
                worker.path("models")
                        .valueStream()
                        .map(WorkersCommand::model)
                        .collect(Collectors.joining(", ")));
    }

    @Command(
            name = "drain",
            description = "Lets a worker end its jobs and claim no more, until undrain or its end.")
    int drain(
            @Parameters(paramLabel = "ID", description = "holt workers shows it") String id,
            @Option(names = "--why", paramLabel = "TEXT", description = "for the audit")
                    @Nullable String why) {
        holt().post("workers/" + id + "/drain", why == null ? Map.of() : Map.of("why", why));
        out.println(id + " claims no more jobs");
        return 0;
    }

    @Command(name = "undrain", description = "Lets a drained worker claim jobs again.")
    int undrain(@Parameters(paramLabel = "ID", description = "holt workers shows it") String id) {
        holt().post("workers/" + id + "/undrain", Map.of());
        out.println(id + " claims jobs again");
        return 0;
    }

    private static String model(JsonNode model) {
        return "%s %s/%s"
                .formatted(text(model, "model"), number(model, "busy"), number(model, "slots"));
    }
}
