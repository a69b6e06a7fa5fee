package holt.worker.remote.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class SpawnEngineTest {
    @ParameterizedTest
    @DisplayName("R126: an engine and its children end once the worker is gone")
    @ValueSource(
            strings = {
                "sh -c 'echo up; exec sleep 1000'",
                "sh -c 'echo up; sleep 1000 & wait'",
            })
    void anEngineEndsWithItsInput(String command) throws Exception {
        Process process = SpawnEngine.start(command);
        assertThat(process.getInputStream().read()).isEqualTo('u');
        List<ProcessHandle> engine = process.descendants().toList();
        assertThat(engine).isNotEmpty();

        process.getOutputStream().close();

        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        for (ProcessHandle each : engine) {
            each.onExit().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void theShellEndsWithTheCodeOfTheEngine() throws Exception {
        Process process = SpawnEngine.start("sh -c 'exit 3'");

        assertThat(process.waitFor()).isEqualTo(3);
    }

    @Test
    void aCommandThatIsNoProgramEnds() throws Exception {
        Process process = SpawnEngine.start("no-such-program --port 1");

        assertThat(process.waitFor()).isEqualTo(127);
    }

    @Test
    void anEngineReadsNothingOfTheWorker() throws IOException {
        Process process = SpawnEngine.start("cat");

        assertThat(process.getInputStream().read()).isEqualTo(-1);
    }
}
