package holt.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class WorkerSettingsTest {
    @Test
    void aCacheIsAsLargeAsItIsSetElseAShare() {
        assertThat(bind(Map.of("holt.worker.cache-memory", "4GB")).cacheBytes())
                .isEqualTo(4L << 30);
        assertThat(bind(Map.of()).cacheBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"slots, 0", "kept-prompts, -1", "cache-memory, 0B", "max-tokens, 0", "attempts, 0"})
    void theKeyThatIsWrongIsNamed(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of("holt.worker." + key, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageStartingWith("holt.worker." + key + ": ")
                .hasMessageEndingWith(" expected");
    }

    private static WorkerSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("holt.worker", WorkerSettings.class);
    }
}
