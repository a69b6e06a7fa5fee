package holt.api.chat;

import static holt.api.edge.RawClient.chat;
import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.EdgeServer;
import holt.api.edge.FakeQueue;
import holt.api.edge.Pictures;
import holt.api.edge.RawClient;
import holt.protocol.Ability;
import holt.protocol.Media;
import holt.protocol.Task;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What chats show is in the object store before there is a job. */
class ShownPicturesIT {
    private static EdgeServer server;

    @BeforeAll
    static void start() {
        server = EdgeServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void answer() {
        server.queue().behave(FakeQueue.Behaviour.answering("yo"));
    }

    @Test
    @DisplayName("R166: a job names the pictures of its chat by claim checks")
    void thePicturesOfAChatAreStored() throws IOException {
        List<Media> media =
                media(
                        "{\"type\":\"image_url\",\"image_url\":{\"url\":\""
                                + Pictures.dataUri(Pictures.gif(48, 30))
                                + "\"}}");

        assertThat(media).hasSize(1);
        assertThat(media.getFirst().type()).isEqualTo("image/png");
        byte[] png = server.store().get(media.getFirst().data().key());
        assertThat(ImageIO.read(new ByteArrayInputStream(png)).getWidth()).isEqualTo(48);
    }

    @Test
    void soundsAndFilesAreStoredAsTheyCome() throws IOException {
        byte[] wav = "RIFF....WAVEfmt ".getBytes(StandardCharsets.US_ASCII);
        List<Media> media =
                media(
                        "{\"type\":\"input_audio\",\"input_audio\":{\"data\":\""
                                + Base64.getEncoder().encodeToString(wav)
                                + "\",\"format\":\"wav\"}},"
                                + "{\"type\":\"file\",\"file\":{\"filename\":\"a.pdf\","
                                + "\"file_data\":\"data:application/pdf;base64,AAAA\"}},"
                                + "{\"type\":\"file\",\"file\":{\"file_data\":\"AAAA\"}}");

        assertThat(media)
                .extracting(Media::type)
                .containsExactly("audio/wav", "application/pdf", "application/octet-stream");
        assertThat(server.store().get(media.getFirst().data().key())).isEqualTo(wav);
        assertThat(server.store().get(media.getLast().data().key())).hasSize(3);
    }

    private static List<Media> media(String parts) throws IOException {
        try (var client = new RawClient(server.port())) {
            RawClient.Reply reply =
                    client.send(
                                    chat(
                                            "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":["
                                                    + parts
                                                    + "]}]}"))
                            .reply();
            assertThat(reply.status()).as(reply.body()).isEqualTo(200);
        }
        var task = (Task.Chat) server.queue().taken.element().job().task();
        assertThat(task.needs()).isSubsetOf(Ability.VISION, Ability.AUDIO, Ability.FILES);
        List<Media> media = task.messages().getFirst().media();
        assertThat(media).isNotNull();
        return media;
    }
}
