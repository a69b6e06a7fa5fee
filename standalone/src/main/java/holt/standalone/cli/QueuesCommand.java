package holt.standalone.cli;

import holt.standalone.client.HoltClient;
import holt.standalone.client.ServedQueue;
import java.io.PrintStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "queues",
        description =
                "Shows the queue of each model: its slots, its waiting jobs, and how long a new job waits.",
        sortOptions = false)
final class QueuesCommand implements Callable<Integer> {
    private static final List<String> HEAD =
            List.of("MODEL", "KIND", "SLOTS", "QUEUED", "HELD", "WAIT");

    private final PrintStream out;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = Values.Url.class,
            description = "the running Holt. Default: ${DEFAULT-VALUE}")
    URI url = Values.LOCAL_HOLT;

    QueuesCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        List<List<String>> rows = new ArrayList<>();
        for (ServedQueue queue : new HoltClient(url, Values.adminKeyOf(System.getenv())).queues()) {
            rows.add(
                    List.of(
                            queue.model(),
                            queue.kind(),
                            Integer.toString(queue.slots()),
                            Long.toString(queue.queued()),
                            Integer.toString(queue.held()),
                            queue.waitSeconds() == null
                                    ? "unknown"
                                    : String.format(Locale.ROOT, "%.1f s", queue.waitSeconds())));
        }
        new PrintTable(out).print(HEAD, rows);
        return 0;
    }
}
