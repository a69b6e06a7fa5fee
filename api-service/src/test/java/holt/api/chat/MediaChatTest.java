package holt.api.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import holt.api.RequestRejectedException;
import holt.api.http.Json;
import holt.api.keys.Caller;
import holt.api.models.TestCatalog;
import holt.protocol.Ability;
import holt.protocol.ChatMessage;
import holt.protocol.Failure;
import holt.protocol.Media;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MediaChatTest {
    private static final String PICTURE =
            "{\"type\":\"image_url\",\"image_url\":{\"url\":\"https://a.example/b.png\"}}";

    @Test
    @DisplayName("R166: pictures, sounds and files keep their places between the texts")
    void eachPieceKeepsItsPlace() {
        ChatMessage message =
                parse(
                                "m",
                                """
                                {"type":"text","text":"One "},
                                {"type":"image_url","image_url":{"url":"data:a","detail":"low"}},
                                {"type":"text","text":"two "},
                                {"type":"image_url","image_url":"data:b"},
                                {"type":"input_audio","input_audio":{"data":"AA==","format":"mp3"}},
                                {"type":"file","file":{"filename":"a.pdf","file_data":"AA=="}}\
                                """)
                        .messages()
                        .getFirst();

        assertThat(message.content()).isEqualTo("One two ");
        assertThat(message.media())
                .extracting(Media::at, Media::kind, Media::type, Media::detail, Media::name)
                .containsExactly(
                        tuple(4, Media.Kind.PICTURE, "test/null", "low", null),
                        tuple(8, Media.Kind.PICTURE, "test/null", null, null),
                        tuple(8, Media.Kind.AUDIO, "test/mp3", null, null),
                        tuple(8, Media.Kind.FILE, "test/null", null, "a.pdf"));
    }

    @Test
    void aPictureNeedsNoText() {
        assertThat(parse("m", PICTURE).needs()).containsExactly(Ability.VISION);
    }

    @ParameterizedTest
    @CsvSource({"user", "tool"})
    void usersAndToolsShowPictures(String role) {
        assertThat(parse("m", role, PICTURE).messages().getFirst().media()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"system", "assistant", "developer"})
    void otherRolesHaveTextsOnly(String role) {
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> parse("m", role, PICTURE))
                .satisfies(refused ->
                        assertThat(refused.param()).isEqualTo("messages[0].content[0].type"));
    }

    @Test
    @DisplayName("R167: a model that cannot see gets no picture, and none is fetched")
    void aModelThatCannotSeeIsNotShownAPicture() {
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() ->
                        new ParseChat(
                                        new TestCatalog(),
                                        part -> {
                                            throw new AssertionError("read " + part);
                                        })
                                .parse(
                                        wire(
                                                "ORG/NAME",
                                                "user",
                                                "{\"type\":\"text\",\"text\":\"a\"}," + PICTURE),
                                        Caller.ANYBODY))
                .satisfies(refused -> {
                    assertThat(refused.failure()).isEqualTo(Failure.UNSUPPORTED_PARAMETER);
                    assertThat(refused.param()).isEqualTo("messages[0].content[1]");
                });
    }

    @Test
    void aRequestHasAFewPicturesOnly() {
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() ->
                        parse(
                                "m",
                                String.join(
                                        ",",
                                        Collections.nCopies(AttachMedia.MOST_PARTS + 1, PICTURE))))
                .satisfies(refused -> assertThat(refused.param()).isEqualTo("messages"));
    }

    @Test
    void whatARequestShowsIsBoundedAltogether() {
        var attach =
                new AttachMedia(part -> media(part, AttachMedia.MOST_BYTES / 2), System::nanoTime);
        List<ChatMessage> messages = List.of(new ChatMessage("user", ""));

        assertThat(attach.to(messages, List.of(part(), part())).getFirst().media()).hasSize(2);
        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() -> attach.to(messages, List.of(part(), part(), part())))
                .satisfies(refused ->
                        assertThat(refused.failure()).isEqualTo(Failure.PAYLOAD_TOO_LARGE));
    }

    @Test
    void slowHostsHoldARequestForAWhileOnly() {
        var now = new AtomicLong();
        var attach =
                new AttachMedia(
                        part -> {
                            now.addAndGet(Duration.ofSeconds(11).toNanos());
                            return media(part, 1);
                        },
                        now::get);

        assertThatExceptionOfType(RequestRejectedException.class)
                .isThrownBy(() ->
                        attach.to(
                                List.of(new ChatMessage("user", "")),
                                List.of(part(), part(), part())))
                .satisfies(refused ->
                        assertThat(refused.failure()).isEqualTo(Failure.INVALID_IMAGE_URL));
    }

    private static MediaPart part() {
        return new MediaPart(
                0,
                0,
                Media.Kind.PICTURE,
                "messages[0].content[0]",
                "messages[0].content[0].image_url.url",
                "data:a",
                null,
                null,
                null);
    }

    private static Media media(MediaPart part, long size) {
        return new Media(
                part.at(), part.kind(), "image/png", null, null, new StoredObject("k", size, "00"));
    }

    private static Task.Chat parse(String model, String parts) {
        return parse(model, "user", parts);
    }

    private static Task.Chat parse(String model, String role, String parts) {
        return TestChats.of(new TestCatalog())
                .parse(wire(model, role, parts), Caller.ANYBODY)
                .task();
    }

    private static ChatRequest wire(String model, String role, String parts) {
        return Json.MAPPER.readValue(
                "{\"model\":\"%s\",\"messages\":[{\"role\":\"%s\",\"content\":[%s]}]}"
                        .formatted(model, role, parts),
                ChatRequest.class);
    }
}
