package holt.engine.image;

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

class ImageDefaultsTest {
    @TempDir Path folder;

    @Test
    void aFolderThatSaysNothingIsDrawnAsIsUsual() {
        assertThat(ImageDefaults.read(folder)).isEqualTo(ImageDefaults.USUAL);
    }

    @Test
    void aFolderMaySayOneAndNotTheOther() throws IOException {
        say("{\"num_inference_steps\": null, \"guidance_scale\": 4.5}");

        assertThat(ImageDefaults.read(folder)).isEqualTo(new ImageDefaults(30, 4.5));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"num_inference_steps\": 0}",
                "{\"num_inference_steps\": 20.5}",
                "{\"num_inference_steps\": \"20\"}",
                "{\"guidance_scale\": -1}",
                "{\"guidance_scale\": NaN}"
            })
    void whatNoRequestMayAskForIsRefused(String config) throws IOException {
        say(config);

        assertThatThrownBy(() -> ImageDefaults.read(folder))
                .isInstanceOf(UnloadableModelException.class)
                .hasMessageContaining("generation_config.json");
    }

    private void say(String config) throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), config);
    }
}
