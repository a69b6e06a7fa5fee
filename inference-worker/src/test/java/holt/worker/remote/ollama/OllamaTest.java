package holt.worker.remote.ollama;

import static holt.worker.remote.ollama.FakeOllama.begin;
import static holt.worker.remote.ollama.FakeOllama.content;
import static holt.worker.remote.ollama.FakeOllama.done;
import static holt.worker.remote.ollama.FakeOllama.lines;
import static holt.worker.remote.ollama.FakeOllama.message;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Ability;
import holt.protocol.ChatMessage;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Media;
import holt.protocol.Outcome;
import holt.protocol.OutputFormat;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.ToolCall;
import holt.protocol.Tools;
import holt.protocol.VectorFormat;
import holt.store.ClaimCheck;
import holt.store.InMemoryObjectStore;
import holt.store.PictureKeys;
import holt.worker.TestJobs;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.PictureFiles;
import holt.worker.models.RunResult;
import holt.worker.remote.EngineSettings;
import holt.worker.remote.RemoteEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class OllamaTest {
    private static final Map<String, Object> FUNCTION =
            Map.of("type", "function", "function", Map.of("name", "add"));

    private final FakeOllama fake = new FakeOllama();
    private final List<ModelRunner> found = new ArrayList<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private final ClaimCheck claims = new ClaimCheck(new InMemoryObjectStore(), () -> TestJobs.NOW);
    private final PictureFiles files =
            new PictureFiles(claims, new PictureKeys(() -> TestJobs.NOW));
    private RemoteEngine engine = with(List.of(), Duration.ofMinutes(2));

    OllamaTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        engine.close();
        fake.close();
    }

    @Test
    void aModelIsAnnouncedAsItIsShown() {
        engine.check();

        KnownModel model = found.getFirst().model();
        assertThat(model.name().value()).isEqualTo("tiny:latest");
        assertThat(model.kind()).isEqualTo(KnownModel.Kind.CHAT);
        assertThat(model.contextLength()).isEqualTo(8192);
        assertThat(model.abilities())
                .containsExactlyInAnyOrder(
                        Ability.TOOLS, Ability.STRUCTURED, Ability.TEMPLATE_ARGUMENTS);
        assertThat(model.created()).isEqualTo("2026-08-21T16:48:22.123456789Z");
        assertThat(found.getFirst().slots()).isEqualTo(1);
    }

    @Test
    @DisplayName("R166: Ollama gets the bytes of a picture")
    void picturesAreSentAsTheirBytes() throws Exception {
        fake.capabilities = "\"completion\",\"vision\"";
        byte[] png = {1, 2, 3};
        var picture = new Media(3, Media.Kind.PICTURE, "image/png", null, null, claims.put(png));
        Task.Chat chat =
                TestJobs.CHAT.with(
                        List.of(new ChatMessage("user", "Hi there").with(List.of(picture))));

        run(chat);

        assertThat(found.getFirst().model().abilities()).contains(Ability.VISION);
        JsonNode message = fake.bodies.take().path("messages").path(0);
        assertThat(message.path("content").asString()).isEqualTo("Hi there");
        assertThat(message.path("images").path(0).asString()).isEqualTo("AQID");
    }

    @Test
    void soundsAreRefused() throws Exception {
        var sound =
                new Media(0, Media.Kind.AUDIO, "audio/wav", null, null, claims.put(new byte[] {1}));
        Task.Chat chat =
                TestJobs.CHAT.with(List.of(new ChatMessage("user", "").with(List.of(sound))));

        assertThat(((Outcome.Failed) run(chat).outcome()).param()).isEqualTo("messages");
    }

    @Test
    void theModelsOwnContextCountsIfItIsSet() {
        fake.parameters = "num_ctx                        4096\\nnum_keep                       24";
        fake.capabilities = "\"completion\"";
        engine.check();

        assertThat(found.getFirst().model().contextLength()).isEqualTo(4096);
        assertThat(found.getFirst().model().abilities()).doesNotContain(Ability.TOOLS);
    }

    @Test
    void aModelOfAnotherHostIsServedOnlyIfItIsNamed() {
        fake.models.add("big-cloud");
        engine.check();
        assertThat(found).hasSize(1);

        engine = with(List.of("big-cloud"), Duration.ofMinutes(2));
        engine.check();

        assertThat(found).hasSize(2);
    }

    @Test
    void aModelThatNeitherChatsNorEmbedsIsLeftOut() {
        fake.capabilities = "\"image\"";

        engine.check();

        assertThat(found).isEmpty();
    }

    @Test
    void theRequestCarriesAllFieldsOfTheChat() throws Exception {
        var call = new ToolCall("c1", "add", "{\"a\":1}");
        var chat =
                new Task.Chat(
                        List.of(
                                new ChatMessage("developer", "Be brief"),
                                new ChatMessage("assistant", "", "hm", List.of(call), null, null),
                                new ChatMessage("tool", "2", null, null, "c1", null)),
                        new Task.Sampling(
                                0.5, 0.9, 1L << 40, 20, 0.1, new Task.Penalties(1, 2, 1.1), null),
                        7,
                        List.of("END"),
                        false,
                        null,
                        3,
                        new Tools(List.of(FUNCTION), Tools.Choice.AUTO, null, true),
                        new OutputFormat.JsonSchema("n", Map.of("type", "object")),
                        Map.of("enable_thinking", false),
                        null);

        run(chat);

        JsonNode body = fake.bodies.take();
        assertThat(body.path("model").asString()).isEqualTo("tiny:latest");
        assertThat(body.path("stream").asBoolean()).isTrue();
        assertThat(body.path("truncate").asBoolean(true)).isFalse();
        assertThat(body.path("shift").asBoolean(true)).isFalse();
        assertThat(body.has("keep_alive")).isFalse();
        assertThat(body.at("/messages/0/role").asString()).isEqualTo("system");
        assertThat(body.at("/messages/1/thinking").asString()).isEqualTo("hm");
        assertThat(body.at("/messages/1/tool_calls/0/function/arguments/a").asInt()).isEqualTo(1);
        assertThat(body.at("/messages/2/tool_name").asString()).isEqualTo("add");
        assertThat(body.at("/messages/2/tool_call_id").asString()).isEqualTo("c1");
        assertThat(body.path("options").toString())
                .isEqualTo(
                        "{\"num_predict\":7,\"temperature\":0.5,\"top_p\":0.9,\"top_k\":20,\"min_p\":0.1,\"stop\":[\"END\"],"
                                + "\"frequency_penalty\":1.0,\"presence_penalty\":2.0,\"repeat_penalty\":1.1,\"seed\":0}");
        assertThat(body.path("format").toString()).isEqualTo("{\"type\":\"object\"}");
        assertThat(body.path("think").asBoolean(true)).isFalse();
        assertThat(body.path("top_logprobs").asInt()).isEqualTo(3);
        assertThat(body.at("/tools/0/function/name").asString()).isEqualTo("add");
    }

    @Test
    void aStreamBecomesDeltasAndAnOutcome() throws Exception {
        fake.chat =
                exchange ->
                        lines(
                                exchange,
                                message("\"content\":\"\",\"thinking\":\"hm\""),
                                content("He"),
                                content("llo"),
                                done("length"));

        Outcome outcome = run(TestJobs.chat(true)).outcome();

        assertThat(outcome)
                .isEqualTo(
                        new Outcome.ChatCompleted(
                                "Hello",
                                Outcome.FinishReason.LENGTH,
                                new Outcome.Usage(7, 3),
                                null,
                                null,
                                Outcome.AnswerParts.of("hm", List.of())));
        assertThat(replies)
                .containsExactly(
                        new Reply.TextDelta("hm", 1, null, null, new Reply.Part.Reasoning()),
                        new Reply.TextDelta("He", 1),
                        new Reply.TextDelta("llo", 1));
    }

    @Test
    void aToolCallComesWhole() throws Exception {
        fake.chat =
                exchange ->
                        lines(
                                exchange,
                                message(
                                        "\"content\":\"\",\"tool_calls\":[{\"id\":\"call_x\",\"function\":{\"index\":0,\"name\":\"add\",\"arguments\":{\"a\":1}}}]"),
                                done("stop"));

        var outcome = (Outcome.ChatCompleted) run(TestJobs.CHAT).outcome();

        assertThat(outcome.finishReason()).isEqualTo(Outcome.FinishReason.TOOL_CALLS);
        assertThat(outcome.choices().getFirst().toolCalls())
                .containsExactly(new ToolCall("call_x", "add", "{\"a\":1}"));
    }

    @Test
    void severalAnswersAreSeveralRequestsWithSeedsThatFollow() throws Exception {
        Task.Chat chat = TestJobs.CHAT;

        var outcome =
                (Outcome.ChatCompleted)
                        run(new Task.Chat(
                                        chat.messages(),
                                        new Task.Sampling(1, 1, 5L),
                                        null,
                                        List.of(),
                                        false,
                                        2,
                                        null,
                                        null,
                                        null,
                                        null,
                                        null))
                                .outcome();

        assertThat(outcome.choices()).hasSize(2);
        assertThat(outcome.usage()).isEqualTo(new Outcome.Usage(7, 6));
        assertThat(fake.bodies.take().at("/options/seed").asInt()).isEqualTo(5);
        assertThat(fake.bodies.take().at("/options/seed").asInt()).isEqualTo(6);
    }

    @Test
    void logProbabilitiesAreThoseOfTheEngine() throws Exception {
        Task.Chat chat = TestJobs.CHAT;
        fake.chat =
                exchange ->
                        lines(
                                exchange,
                                content("Hi")
                                        .replace(
                                                ",\"done\"",
                                                ",\"logprobs\":[{\"token\":\"Hi\",\"logprob\":-0.5,\"top_logprobs\":[{\"token\":\"Hi\",\"logprob\":-0.5}]}],\"done\""),
                                done("stop"));

        var outcome =
                (Outcome.ChatCompleted)
                        run(new Task.Chat(
                                        chat.messages(),
                                        chat.sampling(),
                                        null,
                                        List.of(),
                                        false,
                                        null,
                                        1,
                                        null,
                                        null,
                                        null,
                                        null))
                                .outcome();

        assertThat(outcome.logprobs()).hasSize(1);
        assertThat(outcome.logprobs().getFirst().top()).hasSize(1);
    }

    @Test
    @DisplayName("R135: what an engine would ignore is refused by the field's name")
    void whatOllamaWouldIgnoreIsRefused() throws Exception {
        assertRefused("structured_outputs", chat(null, new OutputFormat.Regex("a+"), null));
        assertRefused("structured_outputs", chat(null, new OutputFormat.OneOf(List.of("a")), null));
        assertRefused(
                "tool_choice",
                chat(new Tools(List.of(FUNCTION), Tools.Choice.REQUIRED, null, true), null, null));
        assertRefused("chat_template_kwargs", chat(null, null, Map.of("other", 1)));
        assertRefused(
                "logit_bias",
                new Task.Chat(TestJobs.CHAT.messages(), bias(), null, List.of(), false));
        assertThat(fake.bodies).isEmpty();
    }

    @Test
    void aModelThatEmbedsTurnsTextsIntoVectors() throws Exception {
        fake.capabilities = "\"embedding\"";
        engine.check();
        assertThat(found.getFirst().model().dimensions()).isEqualTo(2);

        var outcome =
                (Outcome.Embedded)
                        run(new Task.Embed(
                                        List.of("a", "b"),
                                        null,
                                        null,
                                        null,
                                        null,
                                        VectorFormat.FLOAT))
                                .outcome();

        assertThat(outcome.vectors()).containsExactly("mpkZP83MTD8=", "AACAPwAAAAA=");
        assertThat(outcome.usage()).isEqualTo(new Outcome.Usage(5, 0));
        assertThat(fake.bodies.take().path("truncate").asBoolean(true)).isFalse();
    }

    @Test
    void anInputThatIsTooLongIsNamedSo() throws Exception {
        fake.capabilities = "\"embedding\"";
        fake.embed =
                exchange ->
                        exchange.json(
                                400, "{\"error\":\"the input length exceeds the context length\"}");

        var failed =
                (Outcome.Failed)
                        run(new Task.Embed(
                                        List.of("a"), null, null, null, null, VectorFormat.FLOAT))
                                .outcome();

        assertThat(failed.reason()).isEqualTo(Failure.CONTEXT_LENGTH_EXCEEDED);
        assertThat(failed.param()).isEqualTo("input");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 503})
    @DisplayName("R122: a job that an engine turns away returns to its queue")
    void noRoomTurnsTheJobAway(int status) throws Exception {
        fake.chat = exchange -> exchange.json(status, "{\"error\":\"server busy\"}");

        assertThat(run(TestJobs.CHAT).turnedAway()).isTrue();
    }

    @Test
    @DisplayName("R122: a job for an engine that cannot be reached returns to its queue")
    void aDeadEngineTurnsTheJobAwayAndComesBack() throws Exception {
        engine.check();
        fake.stop();
        assertThat(start(TestJobs.CHAT).result().get(10, TimeUnit.SECONDS).turnedAway()).isTrue();
        engine.check();
        assertThat(found.getFirst().served()).isFalse();

        fake.startAgain();
        engine.check();

        assertThat(found.getFirst().served()).isTrue();
    }

    @Test
    @DisplayName("R121: a worker announces only what an engine lists")
    void aModelThatIsDeletedIsUnannounced() {
        engine.check();
        fake.models.set(0, "another:latest");
        engine.check();

        assertThat(found.getFirst().served()).isFalse();
        assertThat(found.get(1).served()).isTrue();
    }

    @Test
    @DisplayName("R124: an engine's 5xx is a failed run")
    void anErrorIsAFailedRun() throws Exception {
        fake.chat = exchange -> exchange.json(500, "{\"error\":\"a secret\"}");

        RunResult result = run(TestJobs.CHAT);

        assertFailed(result);
        assertThat(result.trace()).isEqualTo("the engine answered 500");
    }

    @Test
    @DisplayName("R124: an engine that loses its runner in mid-stream is a failed run")
    void anErrorInMidStreamIsAFailedRun() throws Exception {
        fake.chat = exchange -> lines(exchange, content("Hi"), "{\"error\":\"a secret\"}\n");

        RunResult result = run(TestJobs.chat(true));

        assertFailed(result);
        assertThat(result.trace()).doesNotContain("secret");
        assertThat(replies).containsExactly(new Reply.TextDelta("Hi", 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"message\":{\"cont", "secret\n", "{\"done\":true}\n"})
    @DisplayName("R124: an answer that is cut or malformed is a failed run")
    void aBrokenAnswerIsAFailedRun(String last) throws Exception {
        fake.chat =
                exchange -> {
                    begin(exchange, content("Hi"));
                    exchange.chunk(last);
                };

        RunResult result = run(TestJobs.CHAT);

        assertFailed(result);
        assertThat(result.trace()).doesNotContain("secret");
    }

    @Test
    void aTextThatOllamaBreaksOffEndsThere() throws Exception {
        fake.chat = exchange -> lines(exchange, content("la "), content("la "));

        var outcome = (Outcome.ChatCompleted) run(TestJobs.CHAT).outcome();

        assertThat(outcome.content()).isEqualTo("la la ");
        assertThat(outcome.finishReason()).isEqualTo(Outcome.FinishReason.LENGTH);
        assertThat(outcome.usage()).isEqualTo(Outcome.Usage.estimate(0, 2));
    }

    @Test
    @DisplayName("R124: an empty answer is a failed run")
    void anEmptyAnswerIsAFailedRun() throws Exception {
        fake.chat = FakeOllama::lines;

        assertFailed(run(TestJobs.CHAT));
    }

    @Test
    @DisplayName("R124: an engine that is silent in mid-stream is a failed run")
    void aHangingStreamIsAFailedRun() throws Exception {
        fake.chat =
                exchange -> {
                    begin(exchange, content("Hi"));
                    exchange.awaitClosed();
                    fake.closed.complete(null);
                };
        engine = with(List.of(), Duration.ofMillis(200));

        assertFailed(run(TestJobs.CHAT));
        fake.closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void anEndlessLineIsNotRead() throws Exception {
        fake.chat = exchange -> fake.repeat(exchange, "x".repeat(1 << 16));

        var failed = (Outcome.Failed) run(TestJobs.CHAT).outcome();

        assertThat(failed.reason()).isEqualTo(Failure.SERVER_ERROR);
        fake.closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("R140: a text ends before its deadline with what there is")
    void aTextThatIsCutShortHasWhatThereIs() throws Exception {
        fake.neverEnd();
        engine.check();
        Running running = start(TestJobs.chat(true));
        assertThat(replies.poll(10, TimeUnit.SECONDS)).isNotNull();

        running.cutShort().run();

        var outcome = (Outcome.ChatCompleted) running.result().get(1, TimeUnit.SECONDS).outcome();
        assertThat(outcome.content()).startsWith("more ");
        assertThat(outcome.finishReason()).isEqualTo(Outcome.FinishReason.LENGTH);
        fake.closed.get(1, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("R140: a text without a token goes on")
    void aTextWithoutATokenGoesOn() throws Exception {
        fake.chat = exchange -> exchange.awaitClosed();
        engine.check();
        Running running = start(TestJobs.chat(true));
        fake.bodies.take();

        running.cutShort().run();

        assertThat(running.result()).isNotDone();
        running.end(new Outcome.Cancelled());
    }

    @Test
    @DisplayName("R125: a cancellation closes the connection to the engine")
    void aCancellationClosesTheConnection() throws Exception {
        fake.neverEnd();
        engine.check();
        Running running = start(TestJobs.chat(true));
        assertThat(replies.poll(10, TimeUnit.SECONDS)).isNotNull();

        running.end(new Outcome.Cancelled());

        fake.closed.get(1, TimeUnit.SECONDS);
    }

    private static Task.Sampling bias() {
        return new Task.Sampling(1, 1, null, null, null, null, Map.of(1, 2.0));
    }

    private static Task.Chat chat(
            @Nullable Tools tools,
            @Nullable OutputFormat format,
            @Nullable Map<String, Object> arguments) {
        Task.Chat chat = TestJobs.CHAT;
        return new Task.Chat(
                chat.messages(),
                chat.sampling(),
                null,
                List.of(),
                false,
                null,
                null,
                tools,
                format,
                arguments,
                null);
    }

    private void assertRefused(String field, Task.Chat chat) throws Exception {
        var failed = (Outcome.Failed) run(chat).outcome();
        assertThat(failed.reason()).isEqualTo(Failure.UNSUPPORTED_PARAMETER);
        assertThat(failed.param()).isEqualTo(field);
    }

    private RemoteEngine with(List<String> models, Duration silence) {
        if (engine != null) {
            engine.close();
        }
        var settings =
                new EngineSettings(
                        fake.url(),
                        EngineSettings.Kind.OLLAMA,
                        null,
                        null,
                        models,
                        "auto",
                        Map.of(),
                        silence,
                        null,
                        List.of(),
                        null);
        return new RemoteEngine(settings, new Ollama(settings, files), found::add);
    }

    private RunResult run(Task task) throws Exception {
        engine.check();
        return start(task).result().get(30, TimeUnit.SECONDS);
    }

    private Running start(Task task) {
        return found.getFirst().start("a", Lane.NORMAL, task, replies::add);
    }

    private static void assertFailed(RunResult result) {
        assertThat(result.turnedAway()).isFalse();
        assertThat(((Outcome.Failed) result.outcome()).reason()).isEqualTo(Failure.WORKER_FAILED);
    }
}
