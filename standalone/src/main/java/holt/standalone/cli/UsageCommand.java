package holt.standalone.cli;

import holt.standalone.client.AdminClient;
import holt.standalone.client.ServedUsage;
import java.io.PrintStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "usage",
        description = "Shows what each key used of each model: jobs, tokens, images, run seconds.",
        sortOptions = false)
final class UsageCommand implements Callable<Integer> {
    private static final List<String> HEAD =
            List.of(
                    "CALLER", "KEY", "MODEL", "JOBS", "FAILED", "PROMPT", "ANSWER", "IMAGES",
                    "SECONDS");

    private final PrintStream out;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = Values.Url.class,
            description = "the running Holt. Default: ${DEFAULT-VALUE}")
    URI url = Values.LOCAL_HOLT;

    @Option(
            names = "--days",
            paramLabel = "N",
            converter = Values.Days.class,
            description = "of the last N days. Default: 1")
    Duration days = Duration.ofDays(1);

    UsageCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        var totals = new TreeMap<String, ServedUsage>();
        var holt = new AdminClient(url, Values.adminKeyOf(System.getenv()));
        for (ServedUsage row : holt.usage(Instant.now().minus(days))) {
            totals.merge(
                    String.join("\n", row.caller(), row.key(), row.model()),
                    row,
                    ServedUsage::plus);
        }
        List<List<String>> rows = new ArrayList<>();
        totals.values().forEach(total -> rows.add(row(total)));
        new PrintTable(out).print(HEAD, rows);
        return 0;
    }

    private static List<String> row(ServedUsage total) {
        return List.of(
                total.caller().isEmpty() ? "anybody" : total.caller(),
                total.key().isEmpty() ? "none" : total.key(),
                total.model(),
                Long.toString(total.jobs()),
                Long.toString(total.failed()),
                Long.toString(total.promptTokens()),
                Long.toString(total.completionTokens()),
                Long.toString(total.images()),
                String.format(Locale.ROOT, "%.1f", total.runSeconds()));
    }
}
