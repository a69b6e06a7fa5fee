package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class EmbeddingsTest {
    static final Task.Embed TEXTS =
            new Task.Embed(
                    List.of("Grüße", "an otter"), null, 2, 256, "query", VectorFormat.BASE64);
    static final Task.Embed TOKENS =
            new Task.Embed(
                    null, List.of(List.of(101, 7, 102)), null, null, null, VectorFormat.FLOAT);

    /** The numbers 1 and -0.5. */
    static final Outcome EMBEDDED =
            new Outcome.Embedded(
                    List.of("AACAPwAAAL8="), VectorFormat.FLOAT, new Outcome.Usage(3, 0));

    static final KnownModel MODEL =
            KnownModel.ofEmbeddings(
                    new ModelName("embedder"),
                    "an embedding model",
                    Instant.parse("2026-01-02T12:00:00Z"),
                    256,
                    2);
    static final Heartbeat HEARTBEAT =
            new Heartbeat.OfWorker(
                    new WorkerId("w1"),
                    Heartbeat.WorkerState.SERVING,
                    List.of(new Heartbeat.Serving(MODEL, 8)));

    @Test
    @DisplayName("R110: all that concerns embeddings is version 2")
    void whatConcernsEmbeddingsIsVersion2() {
        assertThat(List.of(TEXTS, TOKENS, EMBEDDED, MODEL, HEARTBEAT))
                .allSatisfy(message ->
                        assertThat(new String(Codec.encode(message), StandardCharsets.UTF_8))
                                .startsWith("{\"v\":2,"));
        assertThat(TEXTS.needs()).containsExactly(Ability.EMBEDDINGS);
        assertThat(MODEL.abilities()).containsExactly(Ability.EMBEDDINGS);
    }

    @Test
    @DisplayName("R110: a worker without an embedding model stays version 1")
    void otherHeartbeatsStayVersion1() {
        var chat =
                new KnownModel(MODEL.name(), KnownModel.Kind.CHAT, "", MODEL.created(), 2048, 16);
        var heartbeat =
                new Heartbeat.OfWorker(
                        new WorkerId("w1"),
                        Heartbeat.WorkerState.SERVING,
                        List.of(new Heartbeat.Serving(chat, 8)));

        assertThat(new String(Codec.encode(heartbeat), StandardCharsets.UTF_8))
                .startsWith("{\"v\":1,");
    }

    @Test
    void textsStayOutOfLogs() {
        assertThat(TEXTS + " " + EMBEDDED).doesNotContain("otter").doesNotContain("AACA");
    }
}
