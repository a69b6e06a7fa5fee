package holt.worker.remote;

import static holt.worker.remote.FakeEngine.DONE;
import static holt.worker.remote.FakeEngine.delta;
import static holt.worker.remote.FakeEngine.finish;
import static holt.worker.remote.FakeEngine.json;
import static holt.worker.remote.FakeEngine.sse;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Ability;
import holt.protocol.ChatMessage;
import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.Media;
import holt.protocol.Outcome;
import holt.protocol.Outcome.FinishReason;
import holt.protocol.Reply;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.protocol.VectorFormat;
import holt.worker.TestJobs;
import holt.worker.models.EncodeVector;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.RunResult;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Completions, vectors, and how models are told apart. */
@Timeout(30)
class OpenAiTest {
    private static final String VECTOR =
            "{\"data\":[{\"index\":0,\"embedding\":[1,0.5,0]}],\"usage\":{\"prompt_tokens\":3}}";

    private final FakeEngine fake = new FakeEngine();
    private final List<ModelRunner> found = new ArrayList<>();
    private final BlockingQueue<Reply> replies = new LinkedBlockingQueue<>();
    private RemoteEngine engine = of(EngineSettings.at(fake.url()));

    OpenAiTest() throws IOException {}

    @AfterEach
    void close() {
        engine.close();
        fake.close();
    }

    @Test
    @DisplayName("R127: a model that goes on with plain prompts is announced as such")
    void completionsAreFoundByAsking() {
        fake.completions = exchange -> sse(exchange, DONE);

        engine.check();

        assertThat(found.getFirst().model().abilities()).contains(Ability.COMPLETIONS);
        assertThat(fake.bodies).as("jobs that were run to find out").isEmpty();
    }

    @Test
    @DisplayName("R167: llama.cpp's server says what its model sees and hears")
    void whatAModelSeesIsFoundByAsking() {
        fake.props = "{\"total_slots\":1,\"modalities\":{\"vision\":true,\"audio\":false}}";

        engine.check();

        assertThat(found.getFirst().model().abilities())
                .contains(Ability.VISION, Ability.EXTRA_FIELDS)
                .doesNotContain(Ability.AUDIO, Ability.FILES);
    }

    @Test
    @DisplayName("R166: a picture that is gone from the object store ends the job")
    void aPictureThatIsGoneEndsTheJob() throws Exception {
        var picture =
                new Media(
                        0,
                        Media.Kind.PICTURE,
                        "image/png",
                        null,
                        null,
                        new StoredObject("gone", 3, "00"));

        RunResult result =
                run(
                        TestJobs.CHAT.with(
                                List.of(new ChatMessage("user", "").with(List.of(picture)))));

        assertThat(((Outcome.Failed) result.outcome()).reason()).isEqualTo(Failure.SERVER_ERROR);
    }

    @Test
    void abilitiesCanBeSet() {
        engine = of(settings(List.of(), Set.of(Ability.TOOLS)));

        engine.check();

        assertThat(found.getFirst().model().abilities()).containsExactly(Ability.TOOLS);
    }

    @Test
    @DisplayName("R129: slots follow the engine")
    void slotsFollowTheEngine() {
        fake.props = "{\"total_slots\":3}";
        engine.check();
        assertThat(found.getFirst().slots()).isEqualTo(3);

        fake.props = "{\"total_slots\":5}";
        engine.check();

        assertThat(found.getFirst().slots()).isEqualTo(5);
    }

    @Test
    @DisplayName("R167: a vLLM is asked whether its model sees")
    void aVllmIsAskedWhetherItsModelSees() {
        fake.metrics = "vllm:num_requests_running{engine=\"0\"} 0\n";
        fake.chat =
                exchange ->
                        FakeEngine.json(
                                exchange,
                                fake.bodies.size() == 1 ? 200 : 400,
                                "{\"error\":{\"message\":\"tiny is not a multimodal model\",\"code\":400}}");
        engine.check();

        assertThat(found.getFirst().model().abilities())
                .contains(Ability.VISION)
                .doesNotContain(Ability.AUDIO);
        JsonNode asked = fake.bodies.remove();
        assertThat(asked.path("max_tokens").asInt()).isEqualTo(1);
        assertThat(asked.at("/messages/0/content/1/image_url/url").asString())
                .startsWith("data:image/png;base64,");
        assertThat(fake.bodies.remove().toString()).contains("input_audio");
    }

    @Test
    void otherEnginesAreNotAsked() {
        engine.check();

        assertThat(found.getFirst().model().abilities()).doesNotContain(Ability.VISION);
        assertThat(fake.bodies).isEmpty();
    }

    @Test
    @DisplayName("R171: the slots of a vLLM follow its metrics")
    void slotsFollowTheMetricsOfAVllm() {
        fake.metrics =
                "vllm:num_requests_running{engine=\"0\"} 0\nvllm:cache_config_info{block_size=\"16\",num_gpu_blocks=\"1024\"} 1\n";
        engine.check();
        assertThat(found.getFirst().slots()).isEqualTo(4);

        fake.metrics = "vllm:num_requests_running{engine=\"0\"} 5\n";
        engine.check();
        assertThat(found.getFirst().slots()).isEqualTo(5);

        fake.metrics = null;
        engine.check();
        assertThat(found.getFirst().slots()).as("without an answer").isEqualTo(5);
    }

    @Test
    void aCompletionIsStreamed() throws Exception {
        fake.completions =
                exchange ->
                        sse(
                                exchange,
                                text(0, "a", "null"),
                                text(1, "b", "\"length\""),
                                text(0, "c", "\"stop\""),
                                DONE);

        var outcome = (Outcome.ChatCompleted) run(complete(null, false)).outcome();

        assertThat(outcome.choices())
                .extracting(Outcome.Choice::content)
                .containsExactly("ac", "b");
        assertThat(outcome.choices())
                .extracting(Outcome.Choice::finishReason)
                .containsExactly(FinishReason.STOP, FinishReason.LENGTH);
        assertThat(replies)
                .containsExactly(
                        new Reply.TextDelta("a", 1, 0, null),
                        new Reply.TextDelta("b", 1, 1, null),
                        new Reply.TextDelta("c", 1, 0, null));
        JsonNode body = fake.bodies.take();
        assertThat(body.path("prompt").toString()).isEqualTo("[\"One\",\"Two\"]");
        assertThat(body.path("max_tokens").asInt()).isEqualTo(5);
        assertThat(body.has("temperature")).isTrue();
    }

    @Test
    void theFirstTokenOfAnEchoHasNoProbability() throws Exception {
        fake.completions =
                exchange ->
                        sse(
                                exchange,
                                "data: {\"choices\":[{\"index\":0,\"text\":\"Hé\",\"finish_reason\":\"stop\",\"logprobs\":"
                                        + "{\"tokens\":[\"H\",\"é\"],\"token_logprobs\":[null,-0.5],"
                                        + "\"top_logprobs\":[null,{\"a\":-0.1,\"é\":-0.5}]}}]}\n\n",
                                text(1, "", "\"stop\""),
                                DONE);

        var outcome = (Outcome.ChatCompleted) run(complete(2, true)).outcome();

        var logprobs = outcome.choices().getFirst().logprobs();
        assertThat(logprobs).hasSize(2);
        assertThat(logprobs.getFirst().chosen().logprob()).isZero();
        assertThat(logprobs.getLast().chosen().bytes()).containsExactly(0xc3, 0xa9);
        assertThat(logprobs.getLast().top()).hasSize(2);
    }

    @Test
    void usageThatComesAtTheEndOfEachPromptIsAdded() throws Exception {
        String end =
                "data: {\"choices\":[{\"index\":%d,\"text\":\"a\",\"finish_reason\":\"stop\"}],"
                        + "\"usage\":{\"prompt_tokens\":%d,\"completion_tokens\":3}}\n\n";
        fake.completions =
                exchange ->
                        sse(
                                exchange,
                                "data: null\n\n",
                                end.formatted(0, 7),
                                end.formatted(1, 8),
                                DONE);

        var outcome = (Outcome.ChatCompleted) run(complete(null, false)).outcome();

        assertThat(outcome.usage()).isEqualTo(new Outcome.Usage(15, 6));
    }

    @Test
    void reasoningIsCountedAsTheEngineCountsIt() throws Exception {
        fake.chat =
                exchange ->
                        sse(
                                exchange,
                                "data: {\"choices\":[{\"index\":0,\"delta\":{\"reasoning_content\":\"hm hm hm\"}}]}\n\n",
                                "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"a\"},\"finish_reason\":\"stop\"}]}\n\n",
                                "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":7,\"completion_tokens\":6,"
                                        + "\"completion_tokens_details\":{\"reasoning_tokens\":5}}}\n\n",
                                DONE);

        var outcome = (Outcome.ChatCompleted) run(TestJobs.chat(true)).outcome();

        assertThat(outcome.usage()).isEqualTo(new Outcome.Usage(7, 6).withReasoning(5));
    }

    @Test
    void llamaMakesVectorsOnlyIfItIsAskedTo() {
        fake.props = "{\"total_slots\":3}";
        fake.embeddings = exchange -> json(exchange, 200, VECTOR);

        engine.check();

        assertThat(found.getFirst().model().kind()).isEqualTo(KnownModel.Kind.EMBEDDING);
    }

    @Test
    void llamaRepeatsNoPrompt() throws Exception {
        fake.props = "{\"total_slots\":3}";
        fake.completions = exchange -> sse(exchange, DONE);

        var failed = (Outcome.Failed) run(complete(null, true)).outcome();

        assertThat(failed.reason()).isEqualTo(Failure.UNSUPPORTED_PARAMETER);
        assertThat(failed.param()).isEqualTo("echo");
    }

    @Test
    @DisplayName("R127: a model that makes vectors and no chats is announced as an embedding model")
    void embeddingModelsAreFoundByAsking() throws Exception {
        fake.embeddings = exchange -> json(exchange, 200, VECTOR);
        fake.chat = exchange -> json(exchange, 400, "{}");
        engine.check();

        KnownModel model = found.getFirst().model();
        assertThat(model.kind()).isEqualTo(KnownModel.Kind.EMBEDDING);
        assertThat(model.dimensions()).isEqualTo(3);

        fake.bodies.clear();
        Outcome outcome = start(embed(null)).result().get().outcome();
        assertThat(outcome)
                .isEqualTo(
                        new Outcome.Embedded(
                                List.of(EncodeVector.base64(new float[] {1, 0.5f, 0})),
                                VectorFormat.FLOAT,
                                new Outcome.Usage(3, 0)));
        assertThat(fake.bodies.take().path("input").toString()).isEqualTo("[\"a hat\"]");
    }

    @Test
    void aModelThatDoesBothIsAChatModel() {
        fake.embeddings = exchange -> json(exchange, 200, VECTOR);

        engine.check();

        assertThat(found.getFirst().model().kind()).isEqualTo(KnownModel.Kind.CHAT);
    }

    @Test
    void embeddingModelsCanBeNamed() {
        fake.embeddings = exchange -> json(exchange, 200, VECTOR);
        fake.models.add("other");
        engine = of(settings(List.of("other"), null));

        engine.check();

        assertThat(found)
                .extracting(runner -> runner.model().kind())
                .containsExactly(KnownModel.Kind.CHAT, KnownModel.Kind.EMBEDDING);
    }

    @Test
    @DisplayName("R127: a model that makes no vectors is not announced as an embedding model")
    void aNamedModelThatMakesNoVectorsIsNotServed() {
        engine = of(settings(List.of("tiny"), null));

        engine.check();

        assertThat(found).isEmpty();
    }

    @Test
    void vectorsThatAreMissingAreAFailedRun() throws Exception {
        fake.embeddings = exchange -> json(exchange, 200, VECTOR);
        engine = of(settings(List.of("tiny"), null));
        engine.check();
        fake.embeddings = exchange -> json(exchange, 200, "{\"data\":[]}");

        var failed = (Outcome.Failed) start(embed(null)).result().get().outcome();

        assertThat(failed.reason()).isEqualTo(Failure.WORKER_FAILED);
    }

    @Test
    @DisplayName("R140: a text that is cut short ends with what the engine has written")
    void aTextThatIsCutShortEndsWithWhatThereIs() throws Exception {
        fake.chat = exchange -> fake.repeat(exchange, delta("la "));
        engine.check();
        Running running = start(TestJobs.chat(true));
        replies.take();

        running.cutShort().run();

        var outcome = (Outcome.ChatCompleted) running.result().get().outcome();
        assertThat(outcome.content()).startsWith("la ");
        assertThat(outcome.finishReason()).isEqualTo(FinishReason.LENGTH);
        fake.closed.get(10, TimeUnit.SECONDS);
    }

    @Test
    void aTextWithoutATokenGoesOnToItsFirst() throws Exception {
        var asked = new LinkedBlockingQueue<OutputStream>();
        fake.chat =
                exchange -> {
                    exchange.sendResponseHeaders(200, 0);
                    asked.add(exchange.getResponseBody());
                    fake.closed.join();
                };
        engine.check();
        Running running = start(TestJobs.chat(true));
        OutputStream answer = asked.take();

        running.cutShort().run();
        assertThat(running.result().isDone()).isFalse();
        answer.write((delta("Hi") + finish("stop") + DONE).getBytes(StandardCharsets.UTF_8));
        answer.flush();

        assertThat(((Outcome.ChatCompleted) running.result().get().outcome()).content())
                .isEqualTo("Hi");
        fake.closed.complete(null);
    }

    private static String text(int index, String text, String reason) {
        return "data: {\"choices\":[{\"index\":%d,\"text\":\"%s\",\"finish_reason\":%s}]}\n\n"
                .formatted(index, text, reason);
    }

    private static Task.Complete complete(@Nullable Integer logprobs, boolean echo) {
        return new Task.Complete(
                List.of("One", "Two"),
                null,
                new Task.Sampling(0.5, 1, null),
                5,
                List.of(),
                true,
                1,
                logprobs,
                echo);
    }

    private static Task.Embed embed(@Nullable Integer cutTo) {
        return new Task.Embed(List.of("a hat"), null, null, cutTo, null, VectorFormat.FLOAT);
    }

    private EngineSettings settings(List<String> embeddings, @Nullable Set<Ability> abilities) {
        return new EngineSettings(
                fake.url(),
                EngineSettings.Kind.OPENAI,
                null,
                null,
                List.of(),
                "auto",
                Map.of(),
                Duration.ofMinutes(2),
                null,
                embeddings,
                abilities);
    }

    private RemoteEngine of(EngineSettings settings) {
        return new RemoteEngine(settings, new OpenAi(settings, TestPictures.files()), found::add);
    }

    private RunResult run(Task task) throws Exception {
        engine.check();
        return start(task).result().get(10, TimeUnit.SECONDS);
    }

    private Running start(Task task) {
        return found.getFirst().start("a", Lane.NORMAL, task, replies::add);
    }
}
