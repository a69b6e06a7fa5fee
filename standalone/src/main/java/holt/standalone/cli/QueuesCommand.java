package holt.standalone.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

@Command(
        name = "queues",
        description = {
            "Shows the queue of each model: its slots, its waiting jobs, and how long a new job waits.",
            "Pauses and resumes models."
        },
        sortOptions = false)
final class QueuesCommand extends OperatorCommand {
    static final List<String> HEAD =
            List.of("MODEL", "KIND", "SLOTS", "QUEUED", "HELD", "WAIT", "");

    QueuesCommand(PrintStream out) {
        super(out);
    }

    @Override
    public void run() {
        print(HEAD, holt().get("queues", Map.of()), QueuesCommand::row);
    }

    static List<String> row(JsonNode queue) {
        return List.of(
                text(queue, "model"),
                text(queue, "kind"),
                number(queue, "slots"),
                number(queue, "queued"),
                number(queue, "held"),
                queue.has("wait_seconds")
                        ? String.format(
                                Locale.ROOT, "%.1f s", queue.path("wait_seconds").asDouble())
                        : "unknown",
                pause(queue.path("paused")));
    }

    @Command(
            name = "pause",
            description = "Lets the jobs of a model wait, until resume. Jobs that run end.")
    int pause(
            @Parameters(paramLabel = "MODEL", description = "its name in requests") String model,
            @Option(
                            names = "--why",
                            paramLabel = "TEXT",
                            required = true,
                            description = "the reason, which callers see")
                    String why) {
        JsonNode answer = holt().post("queues/pause", Map.of("model", model, "why", why));
        out.println(text(answer, "model") + " is " + pause(answer.path("paused")));
        return 0;
    }

    @Command(name = "resume", description = "Lets the jobs of a model go on.")
    int resume(
            @Parameters(paramLabel = "MODEL", description = "its name in requests") String model) {
        JsonNode answer = holt().post("queues/resume", Map.of("model", model));
        out.println(text(answer, "model") + " goes on");
        return 0;
    }

    private static String pause(JsonNode pause) {
        return pause.isMissingNode()
                ? ""
                : "paused since %s by %s: %s"
                        .formatted(time(pause, "since"), text(pause, "by"), text(pause, "why"));
    }
}
