package holt.worker.remote;

import holt.protocol.Failure;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.OutputFormat;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.models.GrowAnswers;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.PictureFiles;
import holt.worker.models.RunResult;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** OpenAI's API. */
public final class OpenAi implements EngineApi {
    /** llama.cpp's server would ignore it. */
    private static final Outcome.Failed NO_REGEX =
            new Outcome.Failed(
                    Failure.UNSUPPORTED_PARAMETER,
                    "structured_outputs: the model's engine, llama.cpp's server, knows no regex",
                    "structured_outputs");

    /** Many such engines render one picture after the other. */
    private static final int IMAGE_SLOTS = 1;

    private final EngineSettings settings;
    private final PictureFiles files;
    private final CallEngine call;
    private final AskEngine ask;

    public OpenAi(EngineSettings settings, PictureFiles files) {
        this.settings = settings;
        this.files = files;
        this.call = new CallEngine(settings);
        this.ask = new AskEngine(call);
    }

    @Override
    public Map<String, JsonNode> models() throws IOException, InterruptedException {
        return ask.models();
    }

    @Override
    public Model model(ModelName name, String own, JsonNode listed)
            throws IOException, InterruptedException {
        if (settings.images().contains(own) || AskEngine.makesImages(listed)) {
            return imageModel(name, own, listed);
        }
        JsonNode props = ask.props();
        int slots = props.path("total_slots").asInt(0);
        var known =
                new KnownModel(
                                name,
                                KnownModel.Kind.CHAT,
                                "a model of a remote engine",
                                Instant.ofEpochSecond(listed.path("created").asLong(0)),
                                AskEngine.contextLength(listed, props),
                                KnownModel.UNKNOWN)
                        .withAbilities(AskEngine.abilities(listed));
        return new Model(known, slots, (task, replies) -> start(task, own, slots > 0, replies));
    }

    private Model imageModel(ModelName name, String own, JsonNode listed) {
        var known =
                KnownModel.ofImages(
                        name,
                        "a model of a remote engine",
                        Instant.ofEpochSecond(listed.path("created").asLong(0)),
                        null);
        return new Model(known, IMAGE_SLOTS, (task, _) -> startImages(task, own));
    }

    private Running startImages(Task task, String own) {
        return switch (task) {
            case Task.Images images -> {
                var run = new RunImages(images, own, files, call, settings);
                Thread.startVirtualThread(run::run);
                yield new Running(run.result(), run::close);
            }
            case Task.Chat _, Task.Complete _, Task.Embed _ ->
                    Running.ended(new RunResult(ModelRunner.OTHER_KIND));
        };
    }

    private Running start(Task task, String own, boolean llama, Consumer<Reply> replies) {
        return switch (task) {
            case Task.Chat chat -> start(chat, own, llama, replies);
            case Task.Images _, Task.Embed _, Task.Complete _ ->
                    Running.ended(new RunResult(ModelRunner.OTHER_KIND));
        };
    }

    private Running start(Task.Chat chat, String own, boolean llama, Consumer<Reply> replies) {
        if (llama && chat.format() instanceof OutputFormat.Regex) {
            return Running.ended(new RunResult(NO_REGEX));
        }
        var answers = new GrowAnswers(chat, replies);
        var request =
                new RunRequest(
                        call.post("/v1/chat/completions", ChatBody.of(chat, own, llama)),
                        answers.result(),
                        "messages");
        var run = new RunChat(chat, answers, request);
        Thread.startVirtualThread(() -> run.run(settings.silence(), call.timer()));
        return new Running(answers.result(), run::close);
    }

    @Override
    public void close() {
        call.close();
    }
}
