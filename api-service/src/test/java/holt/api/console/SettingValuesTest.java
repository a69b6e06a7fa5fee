package holt.api.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class SettingValuesTest {
    enum Mode {
        AUTO
    }

    record Inner(Duration keepAlive, String secretKey) {}

    record Outer(
            Duration patience,
            Duration hold,
            DataSize maxBody,
            List<String> aliases,
            Mode mode,
            URI url,
            String key,
            Map<String, String> client,
            Inner inner) {}

    @Test
    void settingsAppearAsOneWritesThem() {
        var values = new TreeMap<String, String>();
        SettingValues.read(
                "holt.x",
                new Outer(
                        Duration.ofMillis(1500),
                        Duration.ofHours(25),
                        DataSize.ofMegabytes(25),
                        List.of(),
                        Mode.AUTO,
                        URI.create("http://otter:fish@node"),
                        "otters-hold-hands",
                        Map.of("sasl.jaas.config", "password=fish", "security.protocol", "SSL"),
                        new Inner(Duration.ofSeconds(150), null)),
                values);

        assertThat(values)
                .containsEntry("holt.x.patience", "1500ms")
                .containsEntry("holt.x.hold", "25h")
                .containsEntry("holt.x.max-body", "25MB")
                .containsEntry("holt.x.aliases", "none")
                .containsEntry("holt.x.mode", "auto")
                .containsEntry("holt.x.inner.keep-alive", "150s")
                .containsEntry("holt.x.client.security.protocol", "SSL");
    }

    @Test
    void secretsDoNotAppear() {
        var values = new TreeMap<String, String>();
        SettingValues.read(
                "holt.x",
                new Outer(
                        Duration.ZERO,
                        Duration.ZERO,
                        DataSize.ofBytes(1),
                        List.of(),
                        Mode.AUTO,
                        URI.create("http://otter:fish@node"),
                        "otters-hold-hands",
                        Map.of("sasl.jaas.config", "password=fish", "ssl.key.password", "fish"),
                        new Inner(Duration.ZERO, "fish")),
                values);

        assertThat(values.values()).noneMatch(value -> value.contains("fish"));
        assertThat(values)
                .containsEntry("holt.x.key", "set, not shown")
                .containsEntry("holt.x.url", "http://…@node");
    }
}
