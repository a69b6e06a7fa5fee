package holt.worker.remote;

import static holt.worker.remote.FakeEngine.DONE;
import static holt.worker.remote.FakeEngine.chunk;
import static holt.worker.remote.FakeEngine.delta;
import static holt.worker.remote.FakeEngine.finish;
import static holt.worker.remote.FakeEngine.json;
import static holt.worker.remote.FakeEngine.sse;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Ability;
import holt.protocol.EngineHealth;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.OutputFormat;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.protocol.TraceContext;
import holt.worker.TestJobs;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.RunResult;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteEngineTest {
    private final FakeEngine fake = new FakeEngine();
    private final List<ModelRunner> found = new ArrayList<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private RemoteEngine engine = of(EngineSettings.at(fake.url()), found::add);

    RemoteEngineTest() throws IOException {}

    @AfterEach
    void close() {
        engine.close();
        fake.close();
    }

    @Test
    void itsModelsAreFoundAndRenamed() {
        fake.models.add("other");
        engine = with(List.of("tiny"), "auto", Map.of("tiny", "small"), Duration.ofMinutes(2));

        engine.check();

        assertThat(found).hasSize(1);
        KnownModel model = found.getFirst().model();
        assertThat(model.name()).isEqualTo(new ModelName("small"));
        assertThat(model.contextLength()).isEqualTo(4096);
        assertThat(model.longestTokenBytes()).isEqualTo(KnownModel.UNKNOWN);
        assertThat(found.getFirst().slots()).isEqualTo(8);
    }

    @Test
    void aForeignEngineCanDoWhatAChatCanAskFor() {
        engine.check();

        assertThat(found.getFirst().model().abilities())
                .containsExactlyInAnyOrder(
                        Ability.TOOLS,
                        Ability.STRUCTURED,
                        Ability.TEMPLATE_ARGUMENTS,
                        Ability.EXTRA_FIELDS);
    }

    @Test
    void aRegexThatTheEngineWouldIgnoreIsRefused() throws Exception {
        fake.props = "{\"total_slots\":3}";
        Task.Chat chat = TestJobs.CHAT;

        var failed =
                (Outcome.Failed)
                        run(new Task.Chat(
                                        chat.messages(),
                                        chat.sampling(),
                                        chat.maxTokens(),
                                        chat.stop(),
                                        chat.stream(),
                                        null,
                                        null,
                                        null,
                                        new OutputFormat.Regex("a+"),
                                        null,
                                        null))
                                .outcome();

        assertThat(failed.reason()).isEqualTo(Failure.UNSUPPORTED_PARAMETER);
        assertThat(failed.param()).isEqualTo("structured_outputs");
    }

    @Test
    void slotsAreAsManyAsTheEngineCountsOrTheSettingSays() {
        fake.props = "{\"total_slots\":3}";
        engine.check();
        with(List.of(), "5", Map.of(), Duration.ofMinutes(2)).check();

        assertThat(found).extracting(ModelRunner::slots).containsExactly(3, 5);
    }

    @Test
    void aModelThatWasNotTakenIsOfferedAgain() {
        var refusals = new CountDownLatch(2);
        engine =
                of(
                        EngineSettings.at(fake.url()),
                        runner -> {
                            refusals.countDown();
                            if (refusals.getCount() > 0) {
                                throw new IllegalStateException("the broker is away");
                            }
                            found.add(runner);
                        });

        engine.check();
        assertThat(found).isEmpty();
        engine.check();

        assertThat(found).hasSize(1);
    }

    @Test
    void aStreamBecomesDeltasAndAnOutcome() throws Exception {
        fake.chat =
                exchange ->
                        sse(
                                exchange,
                                ": a comment\n\n",
                                chunk("{\"role\":\"assistant\",\"content\":\"\"}", "null"),
                                chunk("{\"reasoning_content\":\"hm\"}", "null"),
                                delta("He"),
                                delta("llo"),
                                finish("length"),
                                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3,"
                                        + "\"prompt_tokens_details\":{\"cached_tokens\":2}}}\n\n",
                                DONE);

        Outcome outcome = run(TestJobs.chat(true)).outcome();

        assertThat(outcome)
                .isEqualTo(
                        new Outcome.ChatCompleted(
                                "Hello",
                                Outcome.FinishReason.LENGTH,
                                new Outcome.Usage(7, 3, 2).withReasoning(1),
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
    void toolCallsArePutTogether() throws Exception {
        fake.chat =
                exchange ->
                        sse(
                                exchange,
                                chunk(
                                        "{\"tool_calls\":[{\"index\":0,\"id\":\"c\",\"function\":{\"name\":\"add\",\"arguments\":\"\"}}]}",
                                        "null"),
                                chunk(
                                        "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{}\"}}]}",
                                        "null"),
                                finish("tool_calls"),
                                DONE);

        var outcome = (Outcome.ChatCompleted) run(TestJobs.CHAT).outcome();

        assertThat(outcome.finishReason()).isEqualTo(Outcome.FinishReason.TOOL_CALLS);
        assertThat(outcome.choices().getFirst().toolCalls())
                .containsExactly(new holt.protocol.ToolCall("c", "add", "{}"));
    }

    @Test
    void usageThatComesForEachAnswerIsAdded() throws Exception {
        String usage =
                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":3}}\n\n";
        fake.chat = exchange -> sse(exchange, delta("Hi"), finish("stop"), usage, usage, DONE);

        var outcome = (Outcome.ChatCompleted) run(TestJobs.CHAT).outcome();

        assertThat(outcome.usage()).isEqualTo(new Outcome.Usage(7, 6));
    }

    @Test
    void usageThatTheEngineDoesNotSayIsEstimatedAndMarked() throws Exception {
        var outcome = (Outcome.ChatCompleted) run(TestJobs.CHAT).outcome();

        assertThat(outcome.usage()).isEqualTo(Outcome.Usage.estimate(1, 1));
    }

    @Test
    void anAnswerWithoutTheLastMarkIsWholeIfItsReasonCame() throws Exception {
        fake.chat = exchange -> sse(exchange, delta("Hi"), finish("stop"));

        assertThat(run(TestJobs.CHAT).outcome()).isInstanceOf(Outcome.ChatCompleted.class);
    }

    @Test
    @DisplayName("R120: a worker claims no job for an engine that is down, loading or full")
    void anEngineThatIsDownOrLoadingIsNotReady() throws Exception {
        engine.check();
        assertThat(found.getFirst().ready()).isTrue();

        fake.health = 503;
        engine.check();
        assertThat(found.getFirst().ready()).isFalse();

        fake.health = 200;
        engine.check();
        assertThat(found.getFirst().ready()).isTrue();

        fake.stop();
        engine.check();
        assertThat(found.getFirst().ready()).isFalse();
        assertThat(start(TestJobs.CHAT).result().get(1, TimeUnit.SECONDS).turnedAway()).isTrue();
        assertThat(fake.bodies).isEmpty();
    }

    @Test
    @DisplayName(
            "R121: a worker asks an engine every two seconds what it lists, and announces only that")
    void aModelThatIsNoLongerListedIsUnannounced() {
        engine.check();
        fake.models.clear();
        engine.check();
        assertThat(found.getFirst().served()).isFalse();

        fake.models.add("tiny");
        engine.check();

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().served()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 503})
    @DisplayName("R122: a job that an engine turns away returns to its queue")
    void noRoomTurnsTheJobAwayAndPausesTheModel(int status) throws Exception {
        fake.chat = exchange -> json(exchange, status, "{\"error\":{\"message\":\"busy\"}}");

        RunResult result = run(TestJobs.CHAT);

        assertThat(result.turnedAway()).isTrue();
        assertThat(((Outcome.Failed) result.outcome()).reason()).isEqualTo(Failure.OVERLOADED);
        assertThat(found.getFirst().ready()).isFalse();
        assertThat(found.getFirst().served()).isTrue();
    }

    @Test
    @DisplayName("R122: a job for an engine that cannot be reached returns to its queue")
    void aRefusedConnectionTurnsTheJobAway() throws Exception {
        engine.check();
        fake.stop();

        assertThat(start(TestJobs.CHAT).result().get(10, TimeUnit.SECONDS).turnedAway()).isTrue();
    }

    @Test
    @DisplayName("R123: an engine's other 4xx is the client's error, with the engine's words")
    void aRefusalIsTheClientsErrorWithItsField() throws Exception {
        fake.chat =
                exchange ->
                        json(
                                exchange,
                                400,
                                "{\"error\":{\"message\":\"too\\nhot\",\"param\":\"temperature\",\"code\":400}}");

        assertThat(run(TestJobs.CHAT).outcome())
                .isEqualTo(
                        new Outcome.Failed(
                                Failure.INVALID_VALUE,
                                "the model's engine refuses the request: too hot",
                                "temperature"));
    }

    @Test
    @DisplayName("R123: a prompt that is too long for the engine is named so")
    void aPromptTooLongIsNamedSo() throws Exception {
        fake.chat =
                exchange ->
                        json(
                                exchange,
                                400,
                                "{\"error\":{\"message\":\"m\",\"type\":\"exceed_context_size_error\",\"code\":400}}");

        var failed = (Outcome.Failed) run(TestJobs.CHAT).outcome();

        assertThat(failed.reason()).isEqualTo(Failure.CONTEXT_LENGTH_EXCEEDED);
        assertThat(failed.param()).isEqualTo("messages");
    }

    @Test
    @DisplayName("R123: the engine's words are bounded")
    void itsWordsAreBounded() throws Exception {
        fake.chat = exchange -> json(exchange, 422, "{\"detail\":\"" + "x".repeat(9000) + "\"}");

        assertThat(((Outcome.Failed) run(TestJobs.CHAT).outcome()).message()).hasSizeLessThan(600);
    }

    @Test
    @DisplayName("R124: a lost connection is a failed run")
    void aStreamThatIsCutIsAFailedRun() throws Exception {
        fake.chat = exchange -> sse(exchange, delta("Hi"), "data: {\"choices\":[{\"ind");

        assertFailed(run(TestJobs.chat(true)));
        assertThat(replies).containsExactly(new Reply.TextDelta("Hi", 1));
    }

    @Test
    @DisplayName("R124: an engine that is silent in mid-stream is a failed run")
    void aHangingStreamIsAFailedRun() throws Exception {
        var never = new CountDownLatch(1);
        fake.chat =
                exchange -> {
                    sse(exchange, delta("Hi"));
                    try {
                        never.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                };
        engine = with(List.of(), "auto", Map.of(), Duration.ofMillis(200));

        assertFailed(run(TestJobs.CHAT));
    }

    @ParameterizedTest
    @ValueSource(ints = {302, 401, 500})
    @DisplayName("R124: an error of the engine, or of its settings, is a failed run")
    void anErrorOfTheEngineIsAFailedRun(int status) throws Exception {
        fake.chat =
                exchange -> {
                    exchange.getResponseHeaders().set("Location", fake.url() + "/v1/models");
                    json(exchange, status, "{\"error\":{\"message\":\"secret prompt\"}}");
                };

        RunResult result = run(TestJobs.CHAT);

        assertFailed(result);
        assertThat(result.trace()).isEqualTo("the engine answered " + status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "data: secret\n\n",
                "data: {\"choices\":[{\"index\":7,\"delta\":{\"content\":\"x\"}}]}\n\n",
                "data: {\"error\":{\"message\":\"secret\",\"code\":500}}\n\n"
            })
    @DisplayName("R124: an answer that is malformed is a failed run")
    void wrongJsonIsAFailedRun(String event) throws Exception {
        fake.chat = exchange -> sse(exchange, event);

        RunResult result = run(TestJobs.CHAT);

        assertFailed(result);
        assertThat(result.trace()).doesNotContain("secret");
    }

    @Test
    void anEndlessEventIsNotRead() throws Exception {
        fake.chat = exchange -> fake.repeat(exchange, "data: " + "x".repeat(1 << 16));

        var failed = (Outcome.Failed) run(TestJobs.CHAT).outcome();

        assertThat(failed.reason()).isEqualTo(Failure.SERVER_ERROR);
        fake.closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    @DisplayName("R125: a cancellation and the deadline close the connection to the engine")
    void anEarlyEndClosesTheConnection() throws Exception {
        fake.chat = exchange -> fake.repeat(exchange, delta("more"));
        engine.check();
        Running running = start(TestJobs.chat(true));
        assertThat(replies.poll(10, TimeUnit.SECONDS)).isNotNull();

        running.end(new Outcome.Cancelled());

        fake.closed.get(1, TimeUnit.SECONDS);
        assertThat(running.result().join().outcome()).isEqualTo(new Outcome.Cancelled());
    }

    @Test
    void anEngineThatStartsAgainUnderLoadServesAgain() throws Exception {
        var begun = new CountDownLatch(4);
        fake.chat =
                exchange -> {
                    begun.countDown();
                    fake.repeat(exchange, delta("more"));
                };
        engine.check();
        List<Running> running =
                List.of(
                        start(TestJobs.CHAT),
                        start(TestJobs.CHAT),
                        start(TestJobs.CHAT),
                        start(TestJobs.CHAT));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

        fake.stop();
        for (Running each : running) {
            assertFailed(each.result().get(10, TimeUnit.SECONDS));
        }
        fake.chat = exchange -> sse(exchange, delta("Hi"), finish("stop"), DONE);
        fake.startAgain();

        assertThat(run(TestJobs.CHAT).outcome()).isInstanceOf(Outcome.ChatCompleted.class);
    }

    @Test
    void theKeyIsSentAndStaysOutOfTexts() throws Exception {
        var settings =
                new EngineSettings(
                        fake.url().resolve("/v1/"),
                        EngineSettings.Kind.OPENAI,
                        "s3cret",
                        null,
                        List.of(),
                        "auto",
                        Map.of(),
                        Duration.ofMinutes(2),
                        null,
                        List.of(),
                        null);
        engine = of(settings, found::add);

        run(TestJobs.CHAT);

        assertThat(fake.keys.take()).isEqualTo("Bearer s3cret");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    @DisplayName("R165: the engine gets the trace of the job")
    void theEngineContinuesTheTraceOfTheJob() throws Exception {
        String parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        engine.check();
        ModelRunner runner = found.getFirst();

        runner.start("a", Lane.NORMAL, TestJobs.CHAT, new TraceContext(parent, "a=1"), replies::add)
                .result()
                .get(10, TimeUnit.SECONDS);
        runner.start("b", Lane.NORMAL, TestJobs.CHAT, replies::add)
                .result()
                .get(10, TimeUnit.SECONDS);

        assertThat(fake.traces).containsExactly(parent + " a=1", "null null");
    }

    @Test
    @DisplayName("R170: an engine's health says why it is down, and neither its path nor its key")
    void anEnginesHealthIsKnown() throws Exception {
        assertThat(engine.health().trouble()).isEqualTo("not asked yet");
        engine.check();
        assertThat(engine.health())
                .isEqualTo(
                        new EngineHealth(
                                "openai",
                                fake.url().getAuthority(),
                                null,
                                List.of(new ModelName("tiny")),
                                8));

        fake.health = 503;
        engine.check();

        assertThat(engine.health().trouble()).isEqualTo("the engine is not ready");
        assertThat(engine.health().models()).isEmpty();
        assertThat(engine.health().slots()).isZero();
    }

    private static RemoteEngine of(EngineSettings settings, Consumer<ModelRunner> found) {
        return new RemoteEngine(settings, new OpenAi(settings, TestPictures.files()), found);
    }

    private RemoteEngine with(
            List<String> models, String slots, Map<String, String> names, Duration silence) {
        engine.close();
        engine =
                of(
                        new EngineSettings(
                                fake.url(),
                                EngineSettings.Kind.OPENAI,
                                null,
                                null,
                                models,
                                slots,
                                names,
                                silence,
                                null,
                                List.of(),
                                null),
                        found::add);
        return engine;
    }

    private RunResult run(Task.Chat chat) throws Exception {
        engine.check();
        return start(chat).result().get(10, TimeUnit.SECONDS);
    }

    private Running start(Task.Chat chat) {
        return found.getFirst().start("a", Lane.NORMAL, chat, replies::add);
    }

    private static void assertFailed(RunResult result) {
        assertThat(result.turnedAway()).isFalse();
        assertThat(((Outcome.Failed) result.outcome()).reason()).isEqualTo(Failure.WORKER_FAILED);
    }
}
