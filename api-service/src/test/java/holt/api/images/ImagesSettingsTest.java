package holt.api.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ImagesSettingsTest {
    @Test
    void theDeadlinesEndBeforeACommunicationNodeGivesUp() {
        ImagesSettings settings = bind(Map.of());

        assertThat(settings.generationDeadline()).isLessThan(Duration.ofMinutes(5));
        assertThat(settings.editDeadline()).isLessThan(Duration.ofMinutes(3));
    }

    @ParameterizedTest
    @CsvSource({
        "max-pixels,          1000",
        "max-n,               0",
        "max-steps,           1001",
        "generation-deadline, 0s",
        "edit-deadline,       2d"
    })
    void namesTheKeyThatIsWrongAndWhatToWriteInstead(String key, String value) {
        assertThatThrownBy(() -> bind(Map.of("holt.images." + key, value)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageStartingWith("holt.images." + key + ": ")
                .hasMessageContaining(": must be ");
    }

    private static ImagesSettings bind(Map<String, String> values) {
        return new Binder(new MapConfigurationPropertySource(values))
                .bindOrCreate("holt.images", ImagesSettings.class);
    }
}
