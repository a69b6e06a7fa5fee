package holt.api.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.FakePainter;
import holt.api.edge.Form;
import holt.api.edge.Pictures;
import holt.api.edge.RawClient;
import holt.api.http.Json;
import holt.api.models.TestCatalog;
import holt.protocol.Ability;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.PictureEdit;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Edits of several pictures. */
class SeveralImagesIT {
    private static final String EDITS = "/v1/images/edits";
    private static final byte[] FIRST = Pictures.opaque(48, 30);
    private static final byte[] SECOND = Pictures.opaque(20, 10);

    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
        server.bean(TestCatalog.class)
                .add(
                        KnownModel.ofImages(new ModelName("merger"), "", Instant.EPOCH, null)
                                .withAbilities(Set.of(Ability.SEVERAL_IMAGES)));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void paint() {
        server.queue().behave(new FakePainter(server.store()));
    }

    static Stream<byte[]> requests() {
        String first = "\"" + Pictures.dataUri(FIRST) + "\"";
        String second = "\"" + Pictures.dataUri(SECOND) + "\"";
        return Stream.of(
                json("\"image\":[" + first + "," + second + "]"),
                json("\"images\":[{\"image_url\":" + first + "},{\"image_url\":" + second + "}]"),
                new Form()
                        .text("model", "merger")
                        .text("prompt", "a hat")
                        .file("image[]", FIRST)
                        .file("image[]", SECOND)
                        .post(EDITS));
    }

    @ParameterizedTest
    @MethodSource("requests")
    @DisplayName("R139: a task has all pictures of its request, and needs several_images")
    void aTaskHasAllPictures(byte[] request) throws IOException {
        RawClient.Reply reply = send(request);

        assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        Task.Images task = (Task.Images) server.queue().taken.element().job().task();
        assertThat(task.needs()).containsExactly(Ability.SEVERAL_IMAGES);
        assertThat(task.width() + "x" + task.height()).isEqualTo("48x30");
        PictureEdit edit = task.edit();
        assertThat(width(edit.source())).isEqualTo(48);
        assertThat(edit.further()).hasSize(1);
        assertThat(width(edit.further().getFirst())).isEqualTo(20);
    }

    @Test
    @DisplayName("R139: a model without the ability takes one picture")
    void aModelWithoutTheAbilityTakesOnePicture() throws IOException {
        String two = "\"image\":[\"data:a\",\"data:b\"]";
        RawClient.Reply reply =
                send(
                        RawClient.post(
                                EDITS,
                                ("{\"model\":\"painter\",\"prompt\":\"a hat\"," + two + "}")
                                        .getBytes(UTF_8)));

        assertThat(reply.status()).isEqualTo(400);
        JsonNode error = Json.MAPPER.readTree(reply.body()).get("error");
        assertThat(error.get("param").asString()).isEqualTo("image");
        assertThat(error.get("code").asString()).isEqualTo("unsupported_parameter");
        assertThat(error.get("message").asString())
                .isEqualTo("image: must be one picture, since the model lacks several_images");
    }

    @Test
    void seventeenPicturesAreTooMany() throws IOException {
        List<String> many = Collections.nCopies(17, "\"data:a\"");

        RawClient.Reply reply = send(json("\"image\":[" + String.join(",", many) + "]"));

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.body()).contains("image: must have at most 16 pictures");
    }

    private static int width(StoredObject object) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(server.store().get(object.key()))).getWidth();
    }

    private static byte[] json(String fields) {
        String body = "{\"model\":\"merger\",\"prompt\":\"a hat\"," + fields + "}";
        return RawClient.post(EDITS, body.getBytes(UTF_8));
    }

    private static RawClient.Reply send(byte[] request) throws IOException {
        try (var client = new RawClient(server.port())) {
            return client.send(request).reply();
        }
    }
}
