package holt.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.ChatMessage;
import holt.protocol.Codec;
import holt.protocol.Job;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.Media;
import holt.protocol.ModelName;
import holt.protocol.Payload;
import holt.protocol.PictureEdit;
import holt.protocol.PictureFormat;
import holt.protocol.ReplyAddress;
import holt.protocol.ResponseFormat;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class KeepPayloadTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Task.Chat CHAT =
            new Task.Chat(
                    List.of(new ChatMessage("user", "Hi")),
                    new Task.Sampling(0, 1, null),
                    null,
                    List.of(),
                    false);

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final ClaimCheck claims = new ClaimCheck(store, () -> NOW);
    private final KeepPayload keep = new KeepPayload(claims);

    @Test
    @DisplayName("R35: a dead letter's large request is copied under dead/<day>/")
    void aLargeRequestIsCopied() throws Exception {
        Job kept = kept(new Payload.Stored(claims.put(Codec.encode(CHAT))));
        deleteClaims();

        StoredObject copy = ((Payload.Stored) kept.payload()).object();
        assertThat(copy.key()).startsWith("dead/2026-03-01/");
        assertThat(Codec.decode(claims.get(copy), Task.class)).isEqualTo(CHAT);
        assertThat(kept.withPayload(new Payload.Inline(CHAT)))
                .isEqualTo(job(new Payload.Inline(CHAT)));
    }

    @Test
    @DisplayName("R35: so are the pictures that a dead letter's request names")
    void thePicturesOfAnEditAreCopied() {
        Job kept = kept(new Payload.Inline(edit()));
        deleteClaims();

        assertPicturesKept(((Payload.Inline) kept.payload()).task());
    }

    @Test
    @DisplayName("R35: so is what a dead letter's chat shows")
    void thePicturesOfAChatAreCopied() {
        var picture =
                new Media(
                        0,
                        Media.Kind.PICTURE,
                        "image/png",
                        null,
                        null,
                        claims.put("source".getBytes(UTF_8)));
        Job kept =
                kept(
                        new Payload.Inline(
                                CHAT.with(
                                        List.of(
                                                new ChatMessage("user", "")
                                                        .with(List.of(picture))))));
        deleteClaims();

        var chat = (Task.Chat) ((Payload.Inline) kept.payload()).task();
        StoredObject copy = chat.messages().getFirst().media().getFirst().data();
        assertThat(copy.key()).startsWith("dead/2026-03-01/");
        assertThat(claims.get(copy)).asString(UTF_8).isEqualTo("source");
    }

    @Test
    void thePicturesOfALargeEditAreCopied() throws Exception {
        Job kept = kept(new Payload.Stored(claims.put(Codec.encode(edit()))));
        deleteClaims();

        StoredObject copy = ((Payload.Stored) kept.payload()).object();
        assertPicturesKept(Codec.decode(claims.get(copy), Task.class));
    }

    @Test
    void aJobWithoutObjectsStaysAsItIs() {
        store.setDown(true);
        Job job = job(new Payload.Inline(CHAT));

        assertThat(keep.of(job)).isCompletedWithValue(job);
    }

    @Test
    void aStoreThatIsAwayLeavesTheJobAsItIs() {
        Job job = job(new Payload.Stored(claims.put(Codec.encode(CHAT))));
        store.setDown(true);

        assertThat(keep.of(job)).succeedsWithin(SOON).isEqualTo(job);
    }

    private Job kept(Payload payload) {
        var kept = keep.of(job(payload));
        assertThat(kept).succeedsWithin(SOON);
        return kept.join();
    }

    private void deleteClaims() {
        store.list("claims/").toList().forEach(object -> store.delete(object.key()));
    }

    private void assertPicturesKept(Task task) {
        PictureEdit edit = ((Task.Images) task).edit();
        assertThat(claims.get(edit.source())).asString(UTF_8).isEqualTo("source");
        assertThat(claims.get(edit.further().getFirst())).asString(UTF_8).isEqualTo("further");
        assertThat(claims.get(edit.mask())).asString(UTF_8).isEqualTo("mask");
        assertThat(edit.strength()).isEqualTo(0.5);
    }

    private Task.Images edit() {
        return new Task.Images(
                "a hat",
                "",
                null,
                null,
                1,
                null,
                null,
                null,
                new PictureEdit(
                        claims.put("source".getBytes(UTF_8)),
                        List.of(claims.put("further".getBytes(UTF_8))),
                        claims.put("mask".getBytes(UTF_8)),
                        0.5,
                        null),
                PictureFormat.PNG,
                ResponseFormat.URL);
    }

    private static Job job(Payload payload) {
        return new Job(
                new JobId("j"),
                new ModelName("m"),
                Lane.NORMAL,
                3,
                NOW,
                NOW.plusSeconds(170),
                new ReplyAddress(0, "e"),
                List.of(),
                null,
                payload);
    }
}
