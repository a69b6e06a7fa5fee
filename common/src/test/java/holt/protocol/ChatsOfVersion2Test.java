package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ChatsOfVersion2Test {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final ModelName MODEL = new ModelName("m");
    private static final JobId JOB = new JobId("0123456789abcdef0123456789abcdef");
    private static final Task.Sampling SAMPLING = new Task.Sampling(1, 1, null);
    private static final ToolCall CALL = new ToolCall("call_1", "weather", "{\"city\":\"Köln\"}");
    private static final Outcome ANSWER =
            Outcome.ChatCompleted.of(
                    List.of(
                            new Outcome.Choice(
                                    "",
                                    Outcome.FinishReason.TOOL_CALLS,
                                    null,
                                    Outcome.AnswerParts.of("Weather is asked.", List.of(CALL)))),
                    new Outcome.Usage(12, 5));

    private static Task.Chat chat(
            List<ChatMessage> messages,
            Tools tools,
            OutputFormat format,
            Map<String, Object> arguments) {
        return new Task.Chat(
                messages, SAMPLING, null, List.of(), false, null, null, tools, format, arguments,
                null);
    }

    private static Task.Chat formatted(OutputFormat format) {
        return chat(List.of(new ChatMessage("user", "Hi")), null, format, null);
    }

    private static final Task.Chat WITH_TOOLS =
            chat(
                    List.of(
                            new ChatMessage("user", "Weather?", null, null, null, "ann"),
                            new ChatMessage("assistant", "", "Hm.", List.of(CALL), null, null),
                            new ChatMessage("tool", "Sunny", null, null, "call_1", "weather")),
                    new Tools(
                            List.of(Map.of("function", Map.of("name", "weather"))),
                            Tools.Choice.REQUIRED,
                            "weather",
                            false),
                    null,
                    Map.of("enable_thinking", true));

    private static final Media PICTURE =
            new Media(
                    2,
                    Media.Kind.PICTURE,
                    "image/png",
                    null,
                    "low",
                    new StoredObject("claims/2026-01-02/x", 900, "ff00".repeat(16)));
    private static final Media SOUND =
            new Media(
                    2,
                    Media.Kind.AUDIO,
                    "audio/wav",
                    null,
                    null,
                    new StoredObject("claims/2026-01-02/y", 90, "00ff".repeat(16)));
    private static final Media LETTER =
            new Media(
                    2,
                    Media.Kind.FILE,
                    "application/pdf",
                    "letter.pdf",
                    null,
                    new StoredObject("claims/2026-01-02/z", 9, "0f0f".repeat(16)));

    private static final Task.Chat WITH_MEDIA =
            chat(
                    List.of(new ChatMessage("user", "Hi").with(List.of(PICTURE, SOUND, LETTER))),
                    null,
                    null,
                    null);

    private static final Task.Chat WITH_EXTRA_FIELDS =
            new Task.Chat(
                    List.of(new ChatMessage("user", "Hi")),
                    SAMPLING,
                    null,
                    List.of(),
                    false,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Map.of("min_tokens", 5));

    private static final List<Golden> MESSAGES =
            List.of(
                    new Golden("task-chat-with-media", Task.class, WITH_MEDIA),
                    new Golden("task-chat-with-extra-fields", Task.class, WITH_EXTRA_FIELDS),
                    new Golden("task-chat-with-tools", Task.class, WITH_TOOLS),
                    new Golden(
                            "task-chat-json-object",
                            Task.class,
                            formatted(new OutputFormat.JsonObject())),
                    new Golden(
                            "task-chat-json-schema",
                            Task.class,
                            formatted(
                                    new OutputFormat.JsonSchema(
                                            "answer", Map.of("type", "object")))),
                    new Golden(
                            "task-chat-regex",
                            Task.class,
                            formatted(new OutputFormat.Regex("[a-z]+"))),
                    new Golden(
                            "task-chat-one-of",
                            Task.class,
                            formatted(new OutputFormat.OneOf(List.of("yes", "no")))),
                    new Golden("job-with-needs", Job.class, job(WITH_TOOLS)),
                    new Golden(
                            "reply-text-delta-reasoning",
                            Reply.class,
                            new Reply.TextDelta("Hm", 1, null, null, new Reply.Part.Reasoning())),
                    new Golden(
                            "reply-text-delta-tool-call",
                            Reply.class,
                            new Reply.TextDelta(
                                    "{\"ci",
                                    2,
                                    null,
                                    null,
                                    new Reply.Part.Call(0, "call_1", "weather"))),
                    new Golden("outcome-chat-completed-with-parts", Outcome.class, ANSWER),
                    new Golden(
                            "event-finished-with-parts",
                            JobEvent.class,
                            new JobEvent.Finished(JOB, MODEL, Lane.NORMAL, null, ANSWER)));

    @TestFactory
    @DisplayName("R99: a record says the lowest version that can express it")
    Stream<DynamicTest> whatIsNewIsVersion2() {
        assertThat(MESSAGES)
                .allSatisfy(golden ->
                        assertThat(
                                        new String(
                                                Codec.encode(golden.message()),
                                                StandardCharsets.UTF_8))
                                .startsWith("{\"v\":2,"));
        return MESSAGES.stream().map(Golden::test);
    }

    @Test
    @DisplayName("R99: a plain chat stays version 1")
    void aPlainChatStaysVersion1() {
        Task.Chat plain = formatted(null);

        assertThat(List.of(plain, job(plain)))
                .allSatisfy(message ->
                        assertThat(new String(Codec.encode(message), StandardCharsets.UTF_8))
                                .startsWith("{\"v\":1,"));
        assertThat(job(plain).needs()).isEmpty();
    }

    @Test
    @DisplayName("R100: a job names the abilities that it needs")
    void aJobNamesWhatItNeeds() {
        assertThat(WITH_TOOLS.needs())
                .containsExactlyInAnyOrder(Ability.TOOLS, Ability.TEMPLATE_ARGUMENTS);
        assertThat(formatted(new OutputFormat.JsonObject()).needs())
                .containsExactly(Ability.STRUCTURED);
        assertThat(
                        chat(
                                        List.of(
                                                new ChatMessage(
                                                        "tool", "Sunny", null, null, "c", null)),
                                        null,
                                        null,
                                        null)
                                .needs())
                .containsExactly(Ability.TOOLS);
    }

    @Test
    @DisplayName("R167: what a chat shows needs the ability to read it")
    void aJobNamesWhatItsMediaNeed() {
        assertThat(WITH_MEDIA.needs())
                .containsExactlyInAnyOrder(Ability.VISION, Ability.AUDIO, Ability.FILES);
        assertThat(WITH_EXTRA_FIELDS.needs()).containsExactly(Ability.EXTRA_FIELDS);
    }

    @Test
    void aRepeatedChatIsKnownByWhatItShowsWhereverThatIsKept() {
        Task.Chat again =
                chat(
                        List.of(
                                new ChatMessage("user", "Hi")
                                        .with(
                                                List.of(
                                                        PICTURE.with(
                                                                new StoredObject(
                                                                        "elsewhere",
                                                                        900,
                                                                        "ff00".repeat(16))),
                                                        SOUND,
                                                        LETTER))),
                        null,
                        null,
                        null);

        assertThat(again).isNotEqualTo(WITH_MEDIA);
        assertThat(again.withoutKeys()).isEqualTo(WITH_MEDIA.withoutKeys());
    }

    @Test
    @DisplayName("R101: a model offers what all that serve it can do")
    void workersOfAModelShareTheirAbilities() throws Exception {
        var older = new KnownModel(MODEL, KnownModel.Kind.CHAT, "", NOON, 100, 1);
        KnownModel newer = older.withAbilities(Set.of(Ability.TOOLS, Ability.STRUCTURED));

        assertThat(Codec.decode(Codec.encode(newer), KnownModel.class)).isEqualTo(newer);
        assertThat(newer.sharedWith(older).abilities()).isEmpty();
        assertThat(newer.sharedWith(newer)).isEqualTo(newer);
    }

    @Test
    @DisplayName("R141: workers that announce different ways to sample have none")
    void workersOfAModelShareTheirSampling() throws Exception {
        var plain = new KnownModel(MODEL, KnownModel.Kind.CHAT, "", NOON, 100, 1);
        KnownModel cool =
                plain.withSampling(new KnownModel.SamplingDefaults(0.6, 0.95, 20, null, 1.05));

        assertThat(Codec.decode(Codec.encode(cool), KnownModel.class)).isEqualTo(cool);
        assertThat(cool.sharedWith(cool)).isEqualTo(cool);
        assertThat(cool.sharedWith(plain).sampling()).isNull();
        assertThat(plain.sharedWith(cool).sampling()).isNull();
    }

    @Test
    void textOfClientsDoesNotShowInLogs() {
        assertThat(WITH_TOOLS.messages() + " " + WITH_TOOLS.tools() + CALL)
                .doesNotContain("Köln")
                .doesNotContain("Sunny")
                .doesNotContain("Weather?")
                .doesNotContain("Hm.");
        assertThat(WITH_MEDIA.messages() + " " + LETTER).doesNotContain("letter.pdf");
        assertThat(ANSWER.toString()).doesNotContain("asked").doesNotContain("Köln");
        assertThat(((Outcome.ChatCompleted) ANSWER).choices().toString()).doesNotContain("asked");
    }

    private static Job job(Task task) {
        return new Job(
                JOB,
                MODEL,
                Lane.NORMAL,
                1,
                NOON,
                NOON.plusSeconds(60),
                new ReplyAddress(0, "e"),
                List.of(),
                null,
                new Payload.Inline(task),
                task.needs(),
                null,
                null,
                null);
    }
}
