package holt.standalone.cli;

import holt.standalone.client.AdminClient;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

@Command(
        name = "top",
        description = "Shows queues, workers and running jobs, again and again. Ctrl-C ends it.",
        sortOptions = false)
final class TopCommand extends OperatorCommand {
    /** Clears the terminal. */
    private static final String CLEAR = "\033[H\033[2J";

    private static final Map<String, String> RUNNING = Map.of("status", "running", "limit", "10");

    @Option(
            names = "--every",
            paramLabel = "SECONDS",
            description = "time between two looks. Default: ${DEFAULT-VALUE}")
    int every = 2;

    @Option(names = "--once", description = "looks once, without clearing the terminal")
    boolean once;

    TopCommand(PrintStream out) {
        super(out);
    }

    @Override
    public void run() {
        AdminClient holt = holt();
        do {
            JsonNode queues = holt.get("queues", Map.of());
            JsonNode workers = holt.get("workers", Map.of());
            JsonNode jobs = holt.get("jobs", RUNNING);
            if (!once) {
                out.print(CLEAR);
            }
            print(QueuesCommand.HEAD, queues, QueuesCommand::row);
            out.println();
            print(WorkersCommand.HEAD, workers, WorkersCommand::row);
            out.println();
            print(JobsCommand.HEAD, jobs, JobsCommand::row);
            LockSupport.parkNanos(once ? 0 : Duration.ofSeconds(Math.max(1, every)).toNanos());
        } while (!once);
    }
}
