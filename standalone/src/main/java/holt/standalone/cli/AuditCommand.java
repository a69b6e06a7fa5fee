package holt.standalone.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "audit",
        description = "Shows what operators have changed, newest first.",
        sortOptions = false)
final class AuditCommand extends OperatorCommand {
    private static final List<String> HEAD = List.of("AT", "BY", "FROM", "ACTION", "TARGET", "");

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "the most rows. Default: ${DEFAULT-VALUE}")
    int limit = 50;

    AuditCommand(PrintStream out) {
        super(out);
    }

    @Override
    public void run() {
        print(
                HEAD,
                holt().get("audit", Map.of("limit", Integer.toString(limit))),
                entry ->
                        List.of(
                                time(entry, "at"),
                                text(entry, "by"),
                                text(entry, "from"),
                                text(entry, "action"),
                                text(entry, "target"),
                                text(entry, "detail")));
    }
}
