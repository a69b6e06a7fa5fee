package holt.worker.remote;

import holt.protocol.Ability;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.models.GrowAnswers;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.PictureFiles;
import holt.worker.models.RunResult;
import java.io.IOException;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** OpenAI's API: chats, completions, vectors, pictures. */
public final class OpenAi implements EngineApi {
    private static final String DESCRIPTION = "a model of a remote engine";

    /** What requests can ask an engine for. */
    private static final Set<Ability> ABILITIES =
            Set.of(
                    Ability.TOOLS,
                    Ability.STRUCTURED,
                    Ability.TEMPLATE_ARGUMENTS,
                    Ability.COMPLETIONS);

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
        boolean llama = slots > 0;
        int contextLength = AskEngine.contextLength(listed, props);
        Instant created = Instant.ofEpochSecond(listed.path("created").asLong(0));
        var probe = new ProbeModel(call, own);
        int dimensions = dimensions(own, listed, llama, probe);
        KnownModel known =
                dimensions > 0
                        ? KnownModel.ofEmbeddings(
                                name, DESCRIPTION, created, contextLength, dimensions)
                        : new KnownModel(
                                        name,
                                        KnownModel.Kind.CHAT,
                                        DESCRIPTION,
                                        created,
                                        contextLength,
                                        KnownModel.UNKNOWN)
                                .withAbilities(abilities(listed, probe))
                                .withSampling(KnownModel.SamplingDefaults.NONE);
        return new Model(known, slots, (task, replies) -> start(task, known, own, llama, replies));
    }

    private Model imageModel(ModelName name, String own, JsonNode listed) {
        var known =
                KnownModel.ofImages(
                        name,
                        DESCRIPTION,
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

    /** Of an embedding model; 0 for a chat model. */
    private int dimensions(String own, JsonNode listed, boolean llama, ProbeModel probe)
            throws InterruptedException {
        String kind = listed.path("kind").asString("");
        boolean named = settings.embeddings().contains(own) || kind.equals("embedding");
        if (!named && (!settings.embeddings().isEmpty() || kind.equals("chat"))) {
            return 0;
        }
        int dimensions = probe.dimensions();
        if (named && dimensions == 0) {
            throw new IllegalStateException("the engine makes no vectors with it");
        }
        // llama.cpp's server makes vectors only if it was started to do so. Other engines may make
        // them
        // with every model.
        return named || llama || dimensions > 0 && !probe.chats() ? dimensions : 0;
    }

    /** What the settings say, or else a Holt. Of other engines, all that a chat can ask for, and what they show. */
    private Set<Ability> abilities(JsonNode listed, ProbeModel probe) throws InterruptedException {
        if (settings.abilities() != null) {
            return settings.abilities();
        }
        @Nullable Set<Ability> said = AskEngine.abilities(listed, ABILITIES);
        if (said != null) {
            return said;
        }
        var abilities = EnumSet.copyOf(ABILITIES);
        if (!probe.completes()) {
            abilities.remove(Ability.COMPLETIONS);
        }
        return abilities;
    }

    private Running start(
            Task task, KnownModel known, String own, boolean llama, Consumer<Reply> replies) {
        Outcome.@Nullable Failed refused = RefuseFields.of(task, llama);
        if (refused != null) {
            return Running.ended(new RunResult(refused));
        }
        boolean chats = known.kind() == KnownModel.Kind.CHAT;
        return switch (task) {
            case Task.Chat chat when chats -> {
                var answers = new GrowAnswers(chat, replies);
                yield run(
                        "/v1/chat/completions",
                        ChatBody.of(chat, own, llama),
                        "messages",
                        answers,
                        MapChunks.of(chat, answers));
            }
            case Task.Complete complete when chats -> {
                var answers = new GrowAnswers(complete, replies);
                yield run(
                        "/v1/completions",
                        CompletionBody.of(complete, own, llama),
                        "prompt",
                        answers,
                        MapChunks.of(complete, answers));
            }
            case Task.Embed embed when !chats -> run(embed, own);
            case Task.Chat _, Task.Complete _, Task.Embed _, Task.Images _ ->
                    Running.ended(new RunResult(ModelRunner.OTHER_KIND));
        };
    }

    private Running run(
            String route, byte[] body, String input, GrowAnswers answers, MapChunks chunks) {
        var request = new RunRequest(call.post(route, body), answers.result(), input);
        var run = new RunText(answers, chunks, request);
        Thread.startVirtualThread(() -> run.run(settings.silence(), call.timer()));
        return new Running(answers.result(), run::close, run::cutShort);
    }

    private Running run(Task.Embed embed, String own) {
        var result = new CompletableFuture<RunResult>();
        var run =
                new RunEmbedding(
                        embed, result, call.post("/v1/embeddings", RunEmbedding.body(embed, own)));
        Thread.startVirtualThread(() -> run.run(settings.silence(), call.timer()));
        return new Running(result, run::close);
    }

    @Override
    public void close() {
        call.close();
    }
}
