package holt.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.protocol.ModelName;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ApiSettingsTest {

    @Test
    void holdsItsDefaults() {
        ApiSettings settings = bind(Map.of());

        assertThat(settings.project()).isEqualTo("holt");
        assertThat(settings.publicUrl()).isNull();
        assertThat(settings.chatDeadline()).isEqualTo(Duration.ofSeconds(170));
        assertThat(settings.maxBody()).isEqualTo(DataSize.ofMegabytes(25));
        assertThat(settings.connections().keepAlive()).isGreaterThan(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @CsvSource({
        "project,                    ' '",
        "public-url,                 otters",
        "chat-deadline,              0s",
        "max-body,                   0B",
        "cors-origins,               app.example",
        "cors-origins,               https://app.example/",
        "aliases,                    gpt-4o",
        "aliases,                    =m",
        "aliases,                    'a=m,a=n'",
        "connections.max-header,     10B",
        "connections.header-timeout, 0s",
        "connections.body-timeout,   2d",
        "connections.keep-alive,     60s",
        "connections.ping-every,     1ms"
    })
    void namesTheKeyThatIsWrongAndWhatToWriteInstead(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of("holt.api." + key, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageStartingWith("holt.api." + key + ": ")
                .hasMessageContaining(": must be ");
    }

    @Test
    void readsAliasesOfModels() {
        assertThat(bind(Map.of("holt.api.aliases", "gpt-4o=ORG/a=b,x=m")).modelsByAlias())
                .containsOnly(
                        Map.entry("gpt-4o", new ModelName("ORG/a=b")),
                        Map.entry("x", new ModelName("m")));
    }

    private static ApiSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("holt.api", ApiSettings.class);
    }
}
