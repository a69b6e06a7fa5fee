package holt.standalone.cli;

import java.net.URI;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a process whose broker and store run elsewhere. */
final class ClusterOptions {
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
    private @Nullable URI s3;

    URI s3() {
        return Objects.requireNonNull(s3);
    }
}
