package holt.standalone.cli;

import java.net.URI;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "api", description = "Runs the API service alone.", sortOptions = false)
final class ApiCommand implements Callable<Integer> {
    private final Path home;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            required = true,
            converter = Values.Brokers.class,
            description = "the Kafka brokers, several separated by commas")
    String kafka = "";

    @Option(
            names = "--s3",
            paramLabel = "URL",
            required = true,
            converter = Values.Url.class,
            description = "the S3 service")
    @Nullable URI s3;

    @Option(
            names = "--port",
            paramLabel = "N",
            converter = Values.Port.class,
            description = "port of the API; 0 picks a free port. Default: ${DEFAULT-VALUE}")
    int port = Values.DEFAULT_PORT;

    @Option(
            names = "--address",
            paramLabel = "IP",
            description = "address on which the API listens. Default: ${DEFAULT-VALUE}")
    String address = "127.0.0.1";

    ApiCommand(Path home) {
        this.home = home;
    }

    @Override
    public Integer call() throws Exception {
        ServeUntilStopped.serve(
                () -> StartService.api(kafka, Objects.requireNonNull(s3), port, address, home));
        return 0;
    }
}
