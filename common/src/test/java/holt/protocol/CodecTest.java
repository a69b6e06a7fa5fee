package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Compares every message with its golden file, which older and newer processes on the same cluster read and write. */
class CodecTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.250Z");
    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");
    private static final ClaimId CLAIM = new ClaimId("c1a1");
    private static final WorkerId WORKER = new WorkerId("w1");
    private static final InstanceId INSTANCE = new InstanceId("i1");
    private static final ModelName MODEL = new ModelName("org/Model-1");
    private static final StoredObject OBJECT =
            new StoredObject("claims/2026-01-02/x", 70_000, "00ff".repeat(16));
    private static final KnownModel KNOWN =
            new KnownModel(MODEL, KnownModel.Kind.CHAT, "a model", NOON, 2048, 16);
    private static final Task.Chat CHAT =
            new Task.Chat(
                    List.of(
                            new ChatMessage("system", "Be brief."),
                            new ChatMessage("user", "Grüße, 世界 🦦")),
                    new Task.Sampling(0.7, 0.9, 42L),
                    16,
                    List.of("\n"),
                    true);
    private static final Job INLINE = job(new Payload.Inline(CHAT));
    private static final Outcome COMPLETED =
            new Outcome.ChatCompleted(
                    "Hello", Outcome.FinishReason.LENGTH, new Outcome.Usage(12, 16));

    private static final List<TokenLogprobs> LOGPROBS =
            List.of(
                    new TokenLogprobs(
                            new TokenLogprobs.TokenLogprob("Hi", -0.25, List.of(72, 105)),
                            List.of(
                                    new TokenLogprobs.TokenLogprob("Hi", -0.25, List.of(72, 105)),
                                    new TokenLogprobs.TokenLogprob("<end>", -1.5, null))));

    /** With every field that a chat may leave out. */
    private static final Task.Chat CHAT_WITH_ALL =
            new Task.Chat(
                    List.of(new ChatMessage("user", "Hello")),
                    new Task.Sampling(
                            0.7,
                            0.9,
                            42L,
                            40,
                            0.05,
                            new Task.Penalties(0.5, -0.5, 1.1),
                            Map.of(15, -100.0, 7, 2.5)),
                    16,
                    List.of(),
                    false,
                    3,
                    2,
                    null,
                    null,
                    null,
                    null);

    private static final KnownModel PAINTER =
            KnownModel.ofImages(
                    new ModelName("painter"),
                    "an image model",
                    NOON,
                    new KnownModel.ImageLimits(512, 8, 1_048_576));
    private static final Task.Images IMAGES =
            new Task.Images(
                    "Grüße, 世界 🦦",
                    "",
                    null,
                    null,
                    1,
                    null,
                    null,
                    null,
                    null,
                    PictureFormat.PNG,
                    ResponseFormat.URL);

    /** With every field that a request for images may leave out. */
    private static final Task.Images IMAGES_WITH_ALL =
            new Task.Images(
                    "a hat",
                    "blurry",
                    513,
                    300,
                    4,
                    20,
                    7.5,
                    42L,
                    new PictureEdit(
                            OBJECT,
                            new StoredObject("claims/2026-01-02/y", 900, "ff00".repeat(16)),
                            0.5,
                            1.5),
                    PictureFormat.JPEG,
                    ResponseFormat.B64_JSON);

    private static final Outcome PAINTED =
            new Outcome.ImagesCompleted(
                    List.of(
                            new Outcome.Picture(
                                    "pictures/2026-01-02/p.png", 513, 300, "image/png", 42L),
                            new Outcome.Picture(
                                    "pictures/2026-01-02/q.png", 513, 300, "image/png", null)),
                    ResponseFormat.URL);

    private static final List<Golden> MESSAGES =
            List.of(
                    new Golden("task-complete-texts", Task.class, CompletionsTest.TEXTS),
                    new Golden("task-complete-tokens", Task.class, CompletionsTest.TOKENS),
                    new Golden("task-embed-texts", Task.class, EmbeddingsTest.TEXTS),
                    new Golden("task-embed-tokens", Task.class, EmbeddingsTest.TOKENS),
                    new Golden("outcome-embedded", Outcome.class, EmbeddingsTest.EMBEDDED),
                    new Golden(
                            "setting-known-model-of-embeddings",
                            KnownModel.class,
                            EmbeddingsTest.MODEL),
                    new Golden(
                            "heartbeat-worker-of-embeddings",
                            Heartbeat.class,
                            EmbeddingsTest.HEARTBEAT),
                    new Golden(
                            "line-demand",
                            LineMessage.class,
                            new LineMessage.Demand(
                                    INSTANCE,
                                    MODEL,
                                    41,
                                    3,
                                    2,
                                    700,
                                    List.of(
                                            new LineMessage.Want(
                                                    Lane.NORMAL,
                                                    "team:blue",
                                                    2,
                                                    5,
                                                    List.of(new LineMessage.Head(350, NOON)))),
                                    List.of(new LineMessage.Correction("team:blue", -12.5)))),
                    new Golden(
                            "line-open", LineMessage.class, new LineMessage.Open(INSTANCE, MODEL)),
                    new Golden(
                            "line-lease",
                            LineMessage.class,
                            new LineMessage.Lease(INSTANCE, MODEL, new InstanceId("i2"), 12)),
                    new Golden(
                            "line-credits",
                            LineMessage.class,
                            new LineMessage.Credits(
                                    INSTANCE,
                                    MODEL,
                                    List.of(
                                            new LineMessage.Grant(
                                                    new InstanceId("i2"),
                                                    Lane.NORMAL,
                                                    "team:blue",
                                                    2)))),
                    new Golden("job-inline", Job.class, INLINE),
                    new Golden("job-stored", Job.class, job(new Payload.Stored(OBJECT))),
                    new Golden("task-chat", Task.class, CHAT),
                    new Golden("task-chat-with-all", Task.class, CHAT_WITH_ALL),
                    new Golden("task-images", Task.class, IMAGES),
                    new Golden("task-images-with-all", Task.class, IMAGES_WITH_ALL),
                    new Golden("outcome-images-completed", Outcome.class, PAINTED),
                    new Golden("setting-known-model-of-images", KnownModel.class, PAINTER),
                    new Golden(
                            "heartbeat-worker-with-progress",
                            Heartbeat.class,
                            new Heartbeat.OfWorker(
                                    WORKER,
                                    Heartbeat.WorkerState.SERVING,
                                    List.of(
                                            new Heartbeat.Serving(
                                                    PAINTER,
                                                    4,
                                                    1,
                                                    List.of(new Heartbeat.JobProgress(JOB, 3, 20)),
                                                    List.of(CLAIM))))),
                    new Golden("reply-started", Reply.class, new Reply.Started(WORKER, 2)),
                    new Golden("reply-text-delta", Reply.class, new Reply.TextDelta("Hel", 1)),
                    new Golden(
                            "reply-text-delta-of-several",
                            Reply.class,
                            new Reply.TextDelta("Hi", 1, 2, LOGPROBS)),
                    new Golden("reply-progress", Reply.class, new Reply.Progress(3, 20)),
                    new Golden("outcome-chat-completed", Reply.class, COMPLETED),
                    new Golden(
                            "outcome-chat-completed-several",
                            Reply.class,
                            Outcome.ChatCompleted.of(
                                    List.of(
                                            new Outcome.Choice(
                                                    "Hi", Outcome.FinishReason.STOP, LOGPROBS),
                                            new Outcome.Choice(
                                                    "Hello",
                                                    Outcome.FinishReason.LENGTH,
                                                    List.of())),
                                    new Outcome.Usage(12, 5, 8))),
                    new Golden(
                            "outcome-failed-by-field",
                            Outcome.class,
                            new Outcome.Failed(
                                    Failure.INVALID_VALUE, "logit_bias: no such", "logit_bias")),
                    new Golden(
                            "outcome-failed",
                            Reply.class,
                            new Outcome.Failed(Failure.WORKER_FAILED, "the engine failed")),
                    new Golden("outcome-cancelled", Outcome.class, new Outcome.Cancelled()),
                    new Golden("outcome-stored", Outcome.class, new Outcome.Stored(OBJECT)),
                    new Golden(
                            "outcome-stored-with-usage",
                            Outcome.class,
                            new Outcome.Stored(OBJECT, new Outcome.Usage(3, 2))),
                    new Golden(
                            "event-claimed",
                            JobEvent.class,
                            new JobEvent.Claimed(
                                    JOB, MODEL, Lane.NORMAL, INSTANCE, NOON, "0f1e2d3c")),
                    new Golden(
                            "event-accepted",
                            JobEvent.class,
                            new JobEvent.Accepted(JOB, MODEL, Lane.NORMAL, INSTANCE, NOON)),
                    new Golden(
                            "event-accepted-of-a-key",
                            JobEvent.class,
                            new JobEvent.Accepted(
                                    JOB,
                                    MODEL,
                                    Lane.NORMAL,
                                    INSTANCE,
                                    NOON,
                                    new Job.Origin("team:blue", 2, 513, "5e0c19a2b7f4"))),
                    new Golden(
                            "event-started",
                            JobEvent.class,
                            new JobEvent.Started(JOB, MODEL, Lane.HIGH, CLAIM, WORKER, 1, 0, 4711)),
                    new Golden(
                            "event-retrying",
                            JobEvent.class,
                            new JobEvent.Retrying(
                                    JOB, MODEL, Lane.NORMAL, CLAIM, Failure.WORKER_FAILED, NOON)),
                    new Golden(
                            "event-requeued",
                            JobEvent.class,
                            new JobEvent.Requeued(
                                    JOB, MODEL, Lane.NORMAL, CLAIM, Failure.WORKER_FAILED)),
                    new Golden(
                            "event-requeued-by-its-worker",
                            JobEvent.class,
                            new JobEvent.Requeued(JOB, MODEL, Lane.NORMAL, CLAIM, null)),
                    new Golden(
                            "event-finished",
                            JobEvent.class,
                            new JobEvent.Finished(JOB, MODEL, Lane.BATCH, CLAIM, COMPLETED)),
                    new Golden("command-cancel", Command.class, new Command.Cancel(JOB, NOON)),
                    new Golden("command-drain", Command.class, new Command.Drain(WORKER)),
                    new Golden("command-undrain", Command.class, new Command.Undrain(WORKER)),
                    new Golden("setting-known-model", KnownModel.class, KNOWN),
                    new Golden(
                            "setting-known-model-with-sampling",
                            KnownModel.class,
                            KNOWN.withSampling(
                                    new KnownModel.SamplingDefaults(0.6, 0.95, 20, 0.01, 1.05))),
                    new Golden(
                            "heartbeat-worker",
                            Heartbeat.class,
                            new Heartbeat.OfWorker(
                                    WORKER,
                                    Heartbeat.WorkerState.SERVING,
                                    List.of(new Heartbeat.Serving(KNOWN, 8)))),
                    new Golden("heartbeat-api", Heartbeat.class, new Heartbeat.OfApi(INSTANCE)),
                    new Golden(
                            "heartbeat-worker-gone",
                            Heartbeat.class,
                            new Heartbeat.WorkerGone(WORKER)),
                    new Golden(
                            "heartbeat-api-gone", Heartbeat.class, new Heartbeat.ApiGone(INSTANCE)),
                    new Golden(
                            "dead-letter",
                            DeadLetter.class,
                            new DeadLetter(
                                    INLINE.nextAttempt(
                                            new Job.EarlierRun(
                                                    WORKER, NOON, Failure.INSUFFICIENT_MEMORY)),
                                    null,
                                    Failure.WORKER_FAILED,
                                    "the engine failed",
                                    2,
                                    WORKER,
                                    NOON,
                                    "trace")));

    private static Job job(Payload payload) {
        return new Job(
                JOB,
                MODEL,
                Lane.NORMAL,
                1,
                NOON,
                NOON.plusSeconds(170),
                new ReplyAddress(7, "e1"),
                List.of(),
                null,
                payload);
    }

    @TestFactory
    @DisplayName("R1: a value is {\"v\":1,\"body\":{...}}, as in its golden file")
    Stream<DynamicTest> everyMessageIsWrittenAsItsGoldenFileAndReadBackFromIt() {
        return MESSAGES.stream().map(Golden::test);
    }

    @Test
    void everyRecordOfTheSealedFamiliesHasAGoldenFile() {
        Set<Class<?>> written =
                MESSAGES.stream()
                        .<Class<?>>map(golden -> golden.message().getClass())
                        .collect(Collectors.toSet());

        assertThat(
                        Stream.of(
                                        Reply.class,
                                        JobEvent.class,
                                        Command.class,
                                        Heartbeat.class,
                                        LineMessage.class,
                                        Task.class)
                                .flatMap(CodecTest::records))
                .allSatisfy(record -> assertThat(written).contains(record));
    }

    @Test
    @DisplayName("R87: a field that an older process does not write means none")
    void whatAnOlderProcessDoesNotSayMeansNone() throws Exception {
        assertThat(CHAT.answers()).isEqualTo(1);
        assertThat(CHAT_WITH_ALL.answers()).isEqualTo(3);
        assertThat(new Reply.TextDelta("Hi", 1).index()).isZero();
        assertThat(((Outcome.ChatCompleted) COMPLETED).choices())
                .containsExactly(new Outcome.Choice("Hello", Outcome.FinishReason.LENGTH, null));
    }

    @Test
    void theSameRequestHasTheSameBytesInWhateverOrderItsBiasesCame() {
        assertThat(Codec.encode(CHAT_WITH_ALL))
                .asString(StandardCharsets.UTF_8)
                .contains("\"logitBias\":{\"7\":2.5,\"15\":-100.0}");
    }

    @Test
    @DisplayName("R2: a reader ignores unknown fields of the same version")
    void unknownFieldsOfTheSameVersionAreIgnored() throws Exception {
        String extended =
                Golden.read("reply-started").replace("\"run\":2", "\"run\":2,\"mood\":{\"a\":[1]}");

        assertThat(Codec.decode(bytes(extended), Reply.class))
                .isEqualTo(new Reply.Started(WORKER, 2));
    }

    @Test
    @DisplayName("R3: a newer version is told from a broken record, so that the job can be put off")
    void aNewerVersionIsRecognisedWhateverItsBodyIs() {
        assertThatExceptionOfType(UnreadableRecordException.class)
                .isThrownBy(
                        () -> Codec.decode(bytes("{\"v\":3,\"body\":[\"anything\"]}"), Job.class))
                .satisfies(e -> assertThat(e.future()).isTrue());
    }

    @TestFactory
    Stream<DynamicTest> whatIsNoMessageIsCalledUnreadableAndNotFuture() {
        return Stream.of(
                        "",
                        "null",
                        "[]",
                        "{}",
                        "{\"v\":1}",
                        "{\"v\":\"1\",\"body\":{}}",
                        "{\"v\":1,\"body\":7}",
                        "{\"v\":1,\"body\":{\"type\":\"nonsense\"}}",
                        "{\"v\":1,\"body\":{\"type\":\"started\",\"worker\":\"w\"}}",
                        "{\"v\":1,\"body\":{\"type\":\"started\",\"worker\":\"no id!\",\"run\":1}}",
                        "{\"v\":1,\"body\":{\"type\":\"started\"",
                        "\u0000\u0001")
                .map(text ->
                        DynamicTest.dynamicTest(
                                "'" + text + "'",
                                () ->
                                        assertThatExceptionOfType(UnreadableRecordException.class)
                                                .isThrownBy(() ->
                                                        Codec.decode(bytes(text), Reply.class))
                                                .satisfies(e -> assertThat(e.future()).isFalse())));
    }

    @Test
    void textOfClientsDoesNotShowInLogs() {
        assertThat(INLINE.toString()).doesNotContain("Grüße");
        assertThat(COMPLETED.toString()).doesNotContain("Hello");
        assertThat(new Reply.TextDelta("Hello", 1).toString()).doesNotContain("Hello");
        assertThat(new Outcome.Choice("Hello", Outcome.FinishReason.STOP, null).toString())
                .doesNotContain("Hello");
        assertThat(LOGPROBS.toString()).doesNotContain("Hi");
        assertThat(IMAGES.toString()).doesNotContain("Grüße");
        assertThat(IMAGES_WITH_ALL.toString()).doesNotContain("hat").doesNotContain("blurry");
    }

    private static Stream<Class<?>> records(Class<?> family) {
        return family.isSealed()
                ? Stream.of(family.getPermittedSubclasses()).flatMap(CodecTest::records)
                : Stream.of(family);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
