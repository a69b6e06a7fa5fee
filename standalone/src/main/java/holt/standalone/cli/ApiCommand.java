package holt.standalone.cli;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(name = "api", description = "Runs the API service alone.", sortOptions = false)
final class ApiCommand implements Callable<Integer> {
    private final Path home;

    @Mixin final ClusterOptions cluster = new ClusterOptions();

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
                () -> StartService.api(cluster.kafka, cluster.s3(), port, address, home));
        return 0;
    }
}
