package holt.api.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class NodeSettingsTest {

    @Test
    void namesNoNodeUnlessToldTo() {
        NodeSettings settings = bind(Map.of());

        assertThat(settings.urls()).isEmpty();
        assertThat(settings.advertisedUrl()).isNull();
        assertThat(settings.cid()).isNull();
        assertThat(settings.lookEvery().multipliedBy(2).dividedBy(3))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(settings.lookEvery().multipliedBy(4).dividedBy(3))
                .isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void takesSeveralNodes() {
        assertThat(bind(Map.of("holt.node.urls", "http://127.0.0.1:6000,http://[::1]:7002")).urls())
                .containsExactly(
                        URI.create("http://127.0.0.1:6000"), URI.create("http://[::1]:7002"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost:1088",
                "http://192.168.1.5:1088/",
                "http://[fe80::1]:1088",
                "https://127.0.0.1/k/otter"
            })
    void takesAdvertisedUrlsThatANodeMayTake(String url) {
        assertThat(bind(Map.of("holt.node.advertised-url", url)).advertisedUrl())
                .isEqualTo(URI.create(url));
    }

    @ParameterizedTest
    @CsvSource({
        "urls,           otters",
        "urls,           http://u:p@127.0.0.1:6000",
        "urls,           'http://127.0.0.1:6000,ftp://127.0.0.1'",
        "advertised-url, http://otters.example:1088",
        "advertised-url, http://0.0.0.0:1088",
        "advertised-url, http://127.0.0.1:1088?key=otter",
        "cid,            'a b'",
        "look-every,     1ms",
        "timeout,        2m"
    })
    void namesTheKeyThatIsWrongAndWhatToWriteInstead(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of("holt.node." + key, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageStartingWith("holt.node." + key + ": ")
                .hasMessageContaining(": must be ");
    }

    private static NodeSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("holt.node", NodeSettings.class);
    }
}
