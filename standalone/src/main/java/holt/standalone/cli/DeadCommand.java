package holt.standalone.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import tools.jackson.databind.JsonNode;

@Command(
        name = "dead",
        description =
                "Shows the jobs that were given up: first by reason, then the newest. Replays and discards them.",
        sortOptions = false)
final class DeadCommand extends OperatorCommand {
    private static final List<String> HEAD =
            List.of("NUMBER", "REASON", "MODEL", "RUNS", "REPLAYS", "AT", "");
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Option(
            names = "--reason",
            paramLabel = "REASON",
            scope = ScopeType.INHERIT,
            description = "only letters with this reason, such as worker_failed")
    @Nullable String reason;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            scope = ScopeType.INHERIT,
            description = "only letters of this model")
    @Nullable String model;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "the most rows. Default: ${DEFAULT-VALUE}")
    int limit = 20;

    DeadCommand(PrintStream out) {
        super(out);
    }

    @Override
    public void run() {
        Map<String, Object> query = filter();
        put(query, "limit", limit);
        JsonNode letters = holt().get("dead", query);
        List<List<String>> groups = new ArrayList<>();
        letters.path("groups")
                .forEach(group ->
                        groups.add(
                                List.of(
                                        number(group, "count"),
                                        text(group, "reason"),
                                        time(group, "oldest"),
                                        time(group, "newest"))));
        var table = new PrintTable(out);
        table.print(List.of("LETTERS", "REASON", "OLDEST", "NEWEST"), groups);
        out.println();
        print(
                HEAD,
                letters,
                letter ->
                        List.of(
                                number(letter, "number"),
                                text(letter, "reason"),
                                text(letter, "model"),
                                number(letter, "run"),
                                number(letter, "replays"),
                                time(letter, "at"),
                                text(letter, "message")));
    }

    @Command(name = "show", description = "Shows one letter as JSON.")
    int show(@Parameters(paramLabel = "NUMBER", description = "holt dead shows it") long number) {
        out.println(holt().get("dead/" + number, Map.of()).toPrettyString());
        return 0;
    }

    @Command(
            name = "replay",
            description =
                    "Makes letters jobs again: those with the numbers, or all that match. Refuses a request that was replayed three times.")
    int replay(
            @Parameters(paramLabel = "NUMBER", arity = "0..*", description = "single letters")
                    @Nullable List<Long> numbers,
            @Option(names = "--all", description = "every letter, if nothing else names some")
                    boolean all,
            @Option(
                            names = "--rate",
                            paramLabel = "N",
                            defaultValue = "50",
                            description = "jobs a second. Default: ${DEFAULT-VALUE}")
                    int rate,
            @Option(names = "--force", description = "also what was replayed three times")
                    boolean force) {
        Map<String, Object> body = chosen(numbers, all);
        body.put("limit", rate);
        body.put("force", force);
        long replayed = 0;
        while (true) {
            long next = System.nanoTime() + SECOND.toNanos();
            JsonNode answer = holt().post("dead/replay", body);
            replayed += answer.path("replayed").asLong();
            long refused = answer.path("refused").asLong();
            long left =
                    answer.path("matches").asLong() - answer.path("replayed").asLong() - refused;
            out.println("replayed: %d, refused: %d, left: %d".formatted(replayed, refused, left));
            if (left <= 0 || answer.path("replayed").asLong() == 0) {
                return 0;
            }
            LockSupport.parkNanos(next - System.nanoTime());
        }
    }

    @Command(
            name = "discard",
            description = "Counts the letters that match. With --yes, closes them.")
    int discard(
            @Parameters(paramLabel = "NUMBER", arity = "0..*", description = "single letters")
                    @Nullable List<Long> numbers,
            @Option(names = "--all", description = "every letter, if nothing else names some")
                    boolean all,
            @Option(names = "--yes", description = "closes them") boolean yes) {
        Map<String, Object> body = chosen(numbers, all);
        body.put("dry_run", !yes);
        JsonNode answer = holt().post("dead/discard", body);
        out.println(
                yes
                        ? "discarded: " + number(answer, "discarded")
                        : number(answer, "matches") + " letters match; --yes discards them");
        return 0;
    }

    private Map<String, Object> chosen(@Nullable List<Long> numbers, boolean all) {
        Map<String, Object> body = filter();
        body.put("all", all);
        if (numbers != null && !numbers.isEmpty()) {
            body.put("numbers", numbers);
        }
        return body;
    }

    private Map<String, Object> filter() {
        var filter = new HashMap<String, Object>();
        put(filter, "reason", reason);
        put(filter, "model", model);
        return filter;
    }
}
