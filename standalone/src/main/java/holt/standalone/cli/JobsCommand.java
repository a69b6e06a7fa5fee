package holt.standalone.cli;

import java.io.PrintStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;

@Command(
        name = "jobs",
        description = "Shows the jobs of all callers, newest first. Cancels all that match.",
        sortOptions = false)
final class JobsCommand extends OperatorCommand {
    static final List<String> HEAD = List.of("ID", "STATUS", "MODEL", "CREATED", "CALLER", "");

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            scope = ScopeType.INHERIT,
            description = "only jobs of this model")
    @Nullable String model;

    @Option(
            names = "--caller",
            paramLabel = "CALLER",
            scope = ScopeType.INHERIT,
            description = "only those of team:NAME or key:ID")
    @Nullable String caller;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            scope = ScopeType.INHERIT,
            description = "such as queued, running or failed")
    @Nullable String status;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "the most rows, up to 100. Default: ${DEFAULT-VALUE}")
    int limit = 20;

    @Option(names = "--after", paramLabel = "NEXT", description = "the next page")
    @Nullable String after;

    JobsCommand(PrintStream out) {
        super(out);
    }

    @Override
    public void run() {
        Map<String, Object> query = filter();
        put(query, "limit", limit);
        put(query, "after", after);
        JsonNode page = holt().get("jobs", query);
        print(HEAD, page, JobsCommand::row);
        if (page.has("next")) {
            out.println("more with --after " + text(page, "next"));
        }
    }

    static List<String> row(JsonNode job) {
        return List.of(
                text(job, "id"),
                text(job, "status"),
                text(job, "model"),
                time(job, "created"),
                text(job, "caller"),
                text(job, "reason"));
    }

    @Command(
            name = "cancel",
            description =
                    "Counts the open jobs that match. With --yes, cancels all of them on all instances.")
    int cancel(
            @Option(names = "--all", description = "every job, if no other option names some")
                    boolean all,
            @Option(names = "--yes", description = "cancels them") boolean yes) {
        Map<String, Object> body = filter();
        body.put("all", all);
        body.put("dry_run", !yes);
        JsonNode answer = holt().post("jobs/cancel", body);
        out.println(
                yes
                        ? "cancelled: " + number(answer, "cancelled")
                        : number(answer, "matches") + " jobs match; --yes cancels them");
        return 0;
    }

    private Map<String, Object> filter() {
        var filter = new HashMap<String, Object>();
        put(filter, "model", model);
        put(filter, "caller", caller);
        put(filter, "status", status);
        return filter;
    }
}
