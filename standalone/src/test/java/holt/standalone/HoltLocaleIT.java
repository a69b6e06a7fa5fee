package holt.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HoltLocaleIT {
    @TempDir Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"tr", "az", "ar -Duser.country=EG", "fa"})
    void holtStartsInEveryLocale(String language) throws Exception {
        var holt = new HoltProcess(temp);
        Process up =
                holt.start(
                        Map.of("JDK_JAVA_OPTIONS", "-Duser.language=" + language),
                        "up",
                        "--workers",
                        "0",
                        "--port",
                        "0",
                        "--data",
                        holt.data());
        try {
            // Fails with the output if Holt ends before.
            assertThat(HoltProcess.url(up)).matches("http://127\\.0\\.0\\.1:[0-9]+");
        } finally {
            up.destroy();
            assertThat(up.waitFor(60, TimeUnit.SECONDS)).isTrue();
        }
    }
}
