package holt.standalone.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(written, true, StandardCharsets.UTF_8);
    private final AtomicLong nanos = new AtomicLong(5);

    @Test
    void aTerminalGetsOneLineThatIsDrawnAnew() {
        Progress progress = new Progress(out, true, nanos::get);
        progress.begin(2, 4_000_000, 1_000_000);
        nanos.addAndGet(1_000_000_000);
        progress.add(1_000_000);
        progress.add(500_000); // too soon to draw again
        progress.complete(new HubFile("a", 1, null, null));
        progress.end();

        assertThat(written.toString(StandardCharsets.UTF_8).lines().map(String::strip))
                .filteredOn(line -> !line.isEmpty()) // between the carriage returns
                .containsExactly(
                        "2 files, 4.0 MB; 1.0 MB are already here",
                        "[############            ] 2.0 MB of 4.0 MB, 1.0 MB/s, 2 s left",
                        "[###############         ] 2.5 MB of 4.0 MB, 1.5 MB/s, 1 s left");
    }

    @Test
    void elsewhereEachFileGetsALine() {
        Progress progress = new Progress(out, false, nanos::get);
        progress.begin(1, 1_500, 0);
        progress.add(1_500);
        progress.complete(new HubFile("config.json", 1_500, null, null));
        progress.end();

        assertThat(written.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("1 file, 1.5 kB", "config.json, 1.5 kB");
    }

    @Test
    void theHubIsNamedByTheEnvironment() {
        assertThat(HubAddress.of(Map.of()).url()).hasToString("https://huggingface.co");
        HubAddress set =
                HubAddress.of(
                        Map.of(
                                "HOLT_HUB_URL", "http://mirror:81/hf/",
                                "HOLT_HUB_TOKEN", "a",
                                "HF_TOKEN", "b"));
        assertThat(set.url()).hasToString("http://mirror:81/hf");
        assertThat(set.token()).isEqualTo("a");
        assertThat(HubAddress.of(Map.of("HF_TOKEN", "b")).token()).isEqualTo("b");
    }
}
