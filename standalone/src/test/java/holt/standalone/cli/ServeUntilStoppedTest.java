package holt.standalone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.EndProcess;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ServeUntilStoppedTest {
    /** A service that ends its process once it serves. */
    static final class EndsItself {
        public static void main(String[] args) throws Exception {
            ServeUntilStopped.serve(() -> () -> System.out.println("drained"));
            EndProcess.with(72);
        }
    }

    @Test
    void aServiceThatEndsItsProcessIsDrainedFirst() throws Exception {
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                EndsItself.class.getName())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();

        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(72);
        assertThat(process.inputReader().readAllLines()).contains("drained");
    }
}
