package holt.system.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.langchain4j.data.image.Image;
import dev.langchain4j.exception.HttpException;
import dev.langchain4j.model.openai.OpenAiImageModel;
import dev.langchain4j.model.openai.OpenAiImageModel.OpenAiImageModelBuilder;
import holt.system.rig.http.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** LangChain4j's image model for OpenAI's interface, which never says whether it wants URLs or base64. */
@Tag("alone")
@ExtendWith(ServeClients.class)
class LangChain4jImagesIT {
    private final StandaloneHolt holt;

    LangChain4jImagesIT(StandaloneHolt holt) {
        this.holt = holt;
    }

    @Test
    void aPictureComesByItsUrlInTheSizeAskedFor() throws IOException {
        Image image = generate(model().size("101x67"));

        assertThat(image.base64Data()).isNull();
        assertThat(Pictures.size(Pictures.fetch(image.url()))).isEqualTo("101x67");
    }

    @Test
    void severalPicturesAreSeveralUrls() {
        List<Image> images = model().build().generate("an otter", 3).content();

        assertThat(images)
                .extracting(Image::url)
                .hasSize(3)
                .doesNotContainNull()
                .doesNotHaveDuplicates();
    }

    @Test
    void fieldsOfOtherServicesAreIgnored() {
        OpenAiImageModelBuilder model =
                model().quality("hd")
                        .user("otter")
                        .background("auto")
                        .moderation("low")
                        .outputFormat("png")
                        .outputCompression(100);

        assertThat(generate(model).url()).isNotNull();
    }

    @Test
    void aPictureIsEditedFromItsFile() throws IOException {
        Image source = file(Pictures.blue(41, 30, 41));

        BufferedImage picture =
                Pictures.fetch(model().build().edit(source, "a hat").content().url());

        assertThat(Pictures.size(picture)).isEqualTo("41x30");
        assertThat(Pictures.notBlue(picture, 0, 41)).isPositive();
    }

    @Test
    void anEditKeepsWhatIsOutsideOfItsMask() throws IOException {
        Image source = file(Pictures.blue(41, 30, 41));
        Image mask = file(Pictures.blue(41, 30, 20));

        BufferedImage picture =
                Pictures.fetch(model().build().edit(source, mask, "a hat").content().url());

        assertThat(Pictures.size(picture)).isEqualTo("41x30");
        assertThat(Pictures.notBlue(picture, 0, 20)).isZero();
        assertThat(Pictures.notBlue(picture, 20, 41)).isGreaterThan(21 * 30 / 2);
    }

    @Test
    void aBadSizeIsAnHttpException() {
        refused(400, "invalid_value", "size", () -> generate(model().size("9000x10")));
    }

    @Test
    void aFileThatIsNoPictureIsAnHttpException() {
        Image text = file("an otter".getBytes(StandardCharsets.UTF_8));

        refused(400, "invalid_image", "image", () -> model().build().edit(text, "a hat"));
    }

    @Test
    void aMaskOfAnotherSizeIsAnHttpException() throws IOException {
        Image source = file(Pictures.blue(41, 30, 41));
        Image mask = file(Pictures.blue(40, 30, 20));

        refused(400, "invalid_value", "mask", () -> model().build().edit(source, mask, "a hat"));
    }

    @Test
    void aModelThatMakesNoPicturesIsAnHttpException() {
        refused(
                400,
                "invalid_model_kind",
                "model",
                () -> generate(model().modelName(StandaloneHolt.MODEL)));
    }

    @Test
    void anUnknownModelOfPicturesIsAnHttpException() {
        refused(404, "model_not_found", "model", () -> generate(model().modelName("nobody")));
    }

    /** Unlike its chat models, this one has no types of its own for what is refused. */
    private static void refused(int status, String code, String param, ThrowingCallable call) {
        var e = catchThrowableOfType(HttpException.class, call);

        assertThat(e).isNotNull();
        LangChain4jIT.checkReply(e, status, code, param);
    }

    private OpenAiImageModelBuilder model() {
        return OpenAiImageModel.builder()
                .baseUrl(holt.baseUrl())
                .apiKey("any")
                .modelName(StandaloneHolt.PAINTER)
                .maxRetries(0)
                .timeout(Duration.ofSeconds(60));
    }

    private static Image generate(OpenAiImageModelBuilder model) {
        return model.build().generate("an otter").content();
    }

    private static Image file(byte[] bytes) {
        return Image.builder()
                .base64Data(Base64.getEncoder().encodeToString(bytes))
                .mimeType("image/png")
                .build();
    }
}
