package holt.standalone.cli;

import holt.kafka.FindModelTraces;
import holt.kafka.ForgetModel;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaConfiguration;
import holt.kafka.ModelTraces;
import holt.protocol.ModelName;
import java.io.PrintStream;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description =
                "Removes the queues of a model that is gone. Its waiting retries fail. Refuses while a worker serves the model or jobs wait.",
        sortOptions = false)
final class ForgetCommand implements Callable<Integer> {
    private final PrintStream out;

    @Parameters(
            paramLabel = "MODEL",
            converter = Values.Served.class,
            description = "its name in requests")
    @Nullable ModelName model;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            required = true,
            converter = Values.Brokers.class,
            description = "the Kafka brokers, several separated by commas")
    String kafka = "";

    @Option(names = "--force", description = "removes them even so, with all waiting jobs")
    boolean force;

    ForgetCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        try (var context =
                new SpringApplicationBuilder(KafkaConfiguration.class)
                        .web(WebApplicationType.NONE)
                        .properties("spring.main.banner-mode=off")
                        .run("--holt.kafka.bootstrap=" + kafka)) {
            forget(context.getBean(KafkaClients.class));
        }
        return 0;
    }

    void forget(KafkaClients clients) {
        ModelTraces traces = new FindModelTraces(clients).of(Objects.requireNonNull(model));
        if (traces.isEmpty()) {
            out.println("the broker holds nothing of " + model);
            return;
        }
        if (!force) {
            refuseIfUsed(traces);
        }
        new ForgetModel(clients, out::println).forget(traces);
    }

    private static void refuseIfUsed(ModelTraces traces) {
        if (!traces.workers().isEmpty()) {
            throw new CannotForgetException(
                    "%d workers serve %s; stop them first, or add --force"
                            .formatted(traces.workers().size(), traces.model()));
        }
        if (traces.allWaiting() > 0) {
            throw new CannotForgetException(
                    "%d jobs wait for %s; start a worker for them, or add --force to lose them"
                            .formatted(traces.allWaiting(), traces.model()));
        }
    }

    /** The model is still in use. */
    static final class CannotForgetException extends RuntimeException {
        private CannotForgetException(String message) {
            super(message);
        }
    }
}
