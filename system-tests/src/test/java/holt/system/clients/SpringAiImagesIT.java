package holt.system.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import holt.system.rig.http.Pictures;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.ai.image.Image;
import org.springframework.ai.image.ImageGeneration;
import org.springframework.ai.image.ImagePrompt;
import org.springframework.ai.openai.OpenAiImageModel;
import org.springframework.ai.openai.OpenAiImageOptions;

/** Spring AI's image model for OpenAI's interface, which knows generations only. */
@Tag("alone")
@ExtendWith(ServeClients.class)
class SpringAiImagesIT {
    private final StandaloneHolt holt;

    SpringAiImagesIT(StandaloneHolt holt) {
        this.holt = holt;
    }

    @Test
    void aPictureComesByItsUrlInTheSizeAskedFor() throws IOException {
        Image image = only(options().size("101x67"));

        assertThat(image.getB64Json()).isNull();
        assertThat(Pictures.size(Pictures.fetch(URI.create(image.getUrl())))).isEqualTo("101x67");
    }

    @Test
    void aPictureComesInBase64InTheSizeAskedFor() throws IOException {
        Image image = only(options().width(101).height(67).responseFormat("b64_json"));

        byte[] file = Base64.getDecoder().decode(image.getB64Json());
        assertThat(image.getUrl()).isNull();
        assertThat(Pictures.size(Pictures.png(file))).isEqualTo("101x67");
    }

    @Test
    void severalPicturesAreSeveralUrls() {
        assertThat(generate(options().n(3)))
                .extracting(generation -> generation.getOutput().getUrl())
                .hasSize(3)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void fieldsOfOtherServicesAreIgnored() {
        assertThat(generate(options().quality("hd").style("vivid").user("otter"))).hasSize(1);
    }

    @Test
    void aBadSizeIsABadRequest() {
        SpringAiIT.check(
                BadRequestException.class,
                "invalid_value",
                () -> generate(options().size("9000x10")));
    }

    @Test
    void aModelThatMakesNoPicturesIsABadRequest() {
        SpringAiIT.check(
                BadRequestException.class,
                "invalid_model_kind",
                () -> generate(options().model(StandaloneHolt.MODEL)));
    }

    @Test
    void anUnknownModelOfPicturesIsNotFound() {
        SpringAiIT.check(
                NotFoundException.class,
                "model_not_found",
                () -> generate(options().model("nobody")));
    }

    private OpenAiImageOptions.Builder options() {
        return OpenAiImageOptions.builder()
                .baseUrl(holt.baseUrl())
                .apiKey("any")
                .maxRetries(0)
                .timeout(Duration.ofSeconds(60))
                .model(StandaloneHolt.PAINTER);
    }

    private static List<ImageGeneration> generate(OpenAiImageOptions.Builder options) {
        return OpenAiImageModel.builder()
                .options(options.build())
                .build()
                .call(new ImagePrompt("an otter"))
                .getResults();
    }

    private static Image only(OpenAiImageOptions.Builder options) {
        List<ImageGeneration> images = generate(options);
        assertThat(images).hasSize(1);
        return images.getFirst().getOutput();
    }
}
