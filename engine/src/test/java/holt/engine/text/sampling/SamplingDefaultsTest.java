package holt.engine.text.sampling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import holt.engine.UnloadableModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SamplingDefaultsTest {
    private static final SamplingDefaults NONE = new SamplingDefaults(null, null, null, null, null);

    @TempDir Path folder;

    @Test
    void aFolderWithoutTheFileSaysNothing() {
        assertThat(SamplingDefaults.read(folder)).isEqualTo(NONE);
    }

    @Test
    void theFilesValuesAreTheDefaults() throws IOException {
        say(
                """
                {"do_sample": true, "temperature": 0.6, "top_p": 0.95, "top_k": 20, "min_p": 0.01,
                 "repetition_penalty": 1.05, "eos_token_id": [1, 2]}\
                """);

        assertThat(SamplingDefaults.read(folder))
                .isEqualTo(new SamplingDefaults(0.6, 0.95, 20, 0.01, 1.05));
    }

    @Test
    void withoutSamplingTheLikeliestTokenIsTaken() throws IOException {
        say("{\"do_sample\": false, \"temperature\": 0.6}");

        assertThat(SamplingDefaults.read(folder).temperature()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"top_k\": 0}", "{\"top_k\": -1}", "{\"top_k\": null}"})
    void noLimitIsNoDefault(String config) throws IOException {
        say(config);

        assertThat(SamplingDefaults.read(folder)).isEqualTo(NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"temperature\": -1}",
                "{\"temperature\": \"0.6\"}",
                "{\"top_p\": 1.5}",
                "{\"top_k\": -2}",
                "{\"repetition_penalty\": 0}",
                "{\"min_p\": NaN}"
            })
    void whatCanBeNoValueIsRefused(String config) throws IOException {
        say(config);

        assertThatThrownBy(() -> SamplingDefaults.read(folder))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining("generation_config.json");
    }

    private void say(String config) throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), config);
    }
}
