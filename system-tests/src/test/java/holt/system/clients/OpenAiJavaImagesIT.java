package holt.system.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.models.images.Image;
import com.openai.models.images.ImageEditParams;
import com.openai.models.images.ImageGenerateParams;
import com.openai.models.images.ImagesResponse;
import holt.system.rig.http.Pictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Images by OpenAI's client for Java, which checks every answer against its schema. */
@Tag("alone")
@ExtendWith(ServeClients.class)
class OpenAiJavaImagesIT {
    private final OpenAIClient client;

    OpenAiJavaImagesIT(StandaloneHolt holt) {
        client = OpenAiJavaIT.clientOf(holt).build();
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void aPictureComesByItsUrlInTheSizeAskedFor() throws IOException {
        ImagesResponse answer = client.images().generate(otter().size("101x67").build());

        assertThat(answer.created()).isPositive();
        assertThat(only(answer).b64Json()).isEmpty();
        assertThat(Pictures.size(fetch(only(answer)))).isEqualTo("101x67");
    }

    @Test
    void aPictureComesInBase64InTheSizeAskedFor() throws IOException {
        Image image =
                only(
                        client.images()
                                .generate(
                                        otter().size("101x67")
                                                .responseFormat(
                                                        ImageGenerateParams.ResponseFormat.B64_JSON)
                                                .build()));

        byte[] file = Base64.getDecoder().decode(image.b64Json().orElseThrow());
        assertThat(image.url()).isEmpty();
        assertThat(Pictures.size(Pictures.png(file))).isEqualTo("101x67");
    }

    @Test
    void severalPicturesAreSeveralUrls() {
        List<Image> images = client.images().generate(otter().n(3).build()).data().orElseThrow();

        assertThat(images)
                .extracting(image -> image.url().orElseThrow())
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void fieldsOfOtherServicesAreIgnored() {
        ImageGenerateParams params =
                otter().quality(ImageGenerateParams.Quality.HD)
                        .style(ImageGenerateParams.Style.VIVID)
                        .moderation(ImageGenerateParams.Moderation.LOW)
                        .background(ImageGenerateParams.Background.AUTO)
                        .outputFormat(ImageGenerateParams.OutputFormat.PNG)
                        .outputCompression(100)
                        .user("otter")
                        .build();

        assertThat(client.images().generate(params).data().orElseThrow()).hasSize(1);
    }

    @Test
    void aPictureIsEditedFromItsFile(@TempDir Path folder) throws IOException {
        Path file = Files.write(folder.resolve("blue.png"), Pictures.blue(41, 30, 41));

        BufferedImage picture =
                fetch(only(client.images().edit(hat().image(file).size("64x48").build())));

        assertThat(Pictures.size(picture)).isEqualTo("64x48");
        assertThat(Pictures.notBlue(picture, 0, 64)).isPositive();
    }

    @Test
    void anEditKeepsWhatIsOutsideOfItsMask() throws IOException {
        ImageEditParams params =
                hat().image(Pictures.blue(41, 30, 41)).mask(Pictures.blue(41, 30, 20)).build();

        BufferedImage picture = fetch(only(client.images().edit(params)));

        assertThat(Pictures.size(picture)).isEqualTo("41x30");
        assertThat(Pictures.notBlue(picture, 0, 20)).isZero();
        assertThat(Pictures.notBlue(picture, 20, 41)).isGreaterThan(21 * 30 / 2);
    }

    @Test
    void aBadSizeIsABadRequest() {
        refused("invalid_value", "size", otter().size("9000x10"));
        refused("invalid_value", "size", otter().size("large"));
    }

    @Test
    void aPictureThatCannotBeMadeIsABadRequest() {
        refused("invalid_value", "n", otter().n(11));
        refused("invalid_value", "prompt", otter().prompt(" "));
        refused(
                "unsupported_parameter",
                "output_format",
                otter().outputFormat(ImageGenerateParams.OutputFormat.WEBP));
        refused(
                "unsupported_parameter",
                "background",
                otter().background(ImageGenerateParams.Background.TRANSPARENT));
    }

    @Test
    void aFileThatIsNoPictureIsABadRequest() {
        byte[] text = "an otter".getBytes(StandardCharsets.UTF_8);

        badRequest("invalid_image", "image", () -> edit(hat().image(text)));
    }

    @Test
    void aMaskOfAnotherSizeIsABadRequest() throws IOException {
        ImageEditParams.Builder params =
                hat().image(Pictures.blue(41, 30, 41)).mask(Pictures.blue(40, 30, 20));

        badRequest("invalid_value", "mask", () -> edit(params));
    }

    @Test
    void aModelThatMakesNoPicturesIsABadRequest() {
        refused("invalid_model_kind", "model", otter().model(StandaloneHolt.MODEL));
    }

    @Test
    void anUnknownModelOfPicturesIsNotFound() {
        var e =
                catchThrowableOfType(
                        NotFoundException.class,
                        () -> client.images().generate(otter().model("nobody").build()));

        OpenAiJavaErrorsIT.check(e, 404, "model_not_found", "model");
    }

    private void refused(String code, String param, ImageGenerateParams.Builder params) {
        badRequest(code, param, () -> client.images().generate(params.build()));
    }

    private static void badRequest(String code, String param, ThrowingCallable call) {
        var e = catchThrowableOfType(BadRequestException.class, call);

        OpenAiJavaErrorsIT.check(e, 400, code, param);
    }

    private void edit(ImageEditParams.Builder params) {
        client.images().edit(params.build());
    }

    private static ImageGenerateParams.Builder otter() {
        return ImageGenerateParams.builder().model(StandaloneHolt.PAINTER).prompt("an otter");
    }

    private static ImageEditParams.Builder hat() {
        return ImageEditParams.builder().model(StandaloneHolt.PAINTER).prompt("a hat");
    }

    private static Image only(ImagesResponse answer) {
        List<Image> images = answer.data().orElseThrow();
        assertThat(images).hasSize(1);
        return images.getFirst();
    }

    private static BufferedImage fetch(Image image) throws IOException {
        return Pictures.fetch(URI.create(image.url().orElseThrow()));
    }
}
