package holt.worker.remote;

import holt.protocol.Ability;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.models.FetchFailures;
import holt.worker.models.GrowAnswers;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.PictureFiles;
import holt.worker.models.RunResult;
import java.io.IOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** OpenAI's API: chats, completions, vectors, images. */
public final class OpenAi implements EngineApi {
    /** Many such engines render one picture after the other. */
    private static final int IMAGE_SLOTS = 1;

    private final EngineSettings settings;
    private final PictureFiles files;
    private final CallEngine call;
    private final AskEngine ask;
    private volatile boolean countsSlots;
    private volatile @Nullable VllmSlots vllm;

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
        countsSlots = slots > 0;
        @Nullable VllmLoad load = slots > 0 ? null : ask.load();
        KnownModel known =
                new DescribeModel(settings, listed, props, load != null, new ProbeModel(call, own))
                        .describe(name, own);
        return new Model(
                known,
                load == null ? slots : slotsOfVllm(load, known),
                (task, trace, replies) ->
                        start(task, known, own, slots > 0, call.within(trace), replies));
    }

    @Override
    public int slots() throws IOException, InterruptedException {
        if (countsSlots) {
            return ask.props().path("total_slots").asInt(0);
        }
        VllmSlots counted = vllm;
        if (counted == null) {
            return 0;
        }
        @Nullable VllmLoad load = ask.load();
        return load == null ? counted.now() : counted.next(load);
    }

    /** 0: the settings have a number. */
    private int slotsOfVllm(VllmLoad load, KnownModel known) {
        if (!settings.countsSlots()) {
            return 0;
        }
        VllmSlots counted = vllm;
        if (counted == null) {
            counted = new VllmSlots(load, known.contextLength());
            vllm = counted;
        }
        return counted.now();
    }

    private Model imageModel(ModelName name, String own, JsonNode listed) {
        var known =
                KnownModel.ofImages(
                        name,
                        "a model of a remote engine",
                        Instant.ofEpochSecond(listed.path("created").asLong(0)),
                        null);
        return new Model(
                known.withAbilities(imageAbilities(listed)),
                IMAGE_SLOTS,
                (task, trace, _) -> startImages(task, own, call.within(trace)));
    }

    /** As the settings say, else as a Holt says. Other engines do not tell. */
    private Set<Ability> imageAbilities(JsonNode listed) {
        Set<Ability> all = Set.of(Ability.SEVERAL_IMAGES);
        @Nullable Set<Ability> said =
                settings.abilities() != null
                        ? settings.abilities()
                        : AskEngine.abilities(listed, all);
        return said != null && said.containsAll(all) ? all : Set.of();
    }

    private Running startImages(Task task, String own, CallEngine traced) {
        return switch (task) {
            case Task.Images images -> {
                var run = new RunImages(images, own, files, traced, settings);
                Thread.startVirtualThread(run::run);
                yield new Running(run.result(), run::close);
            }
            case Task.Chat _, Task.Complete _, Task.Embed _ ->
                    Running.ended(new RunResult(ModelRunner.OTHER_KIND));
        };
    }

    private Running start(
            Task task,
            KnownModel known,
            String own,
            boolean llama,
            CallEngine traced,
            Consumer<Reply> replies) {
        Outcome.@Nullable Failed refused = RefuseFields.of(task, llama);
        if (refused != null) {
            return Running.ended(new RunResult(refused));
        }
        boolean chats = known.kind() == KnownModel.Kind.CHAT;
        return switch (task) {
            case Task.Chat chat when chats -> chat(chat, own, llama, traced, replies);
            case Task.Complete complete when chats -> {
                var answers = new GrowAnswers(complete, replies);
                yield run(
                        "/v1/completions",
                        CompletionBody.of(complete, own, llama),
                        "prompt",
                        answers,
                        MapChunks.of(complete, answers),
                        traced);
            }
            case Task.Embed embed when !chats -> run(embed, own, traced);
            case Task.Chat _, Task.Complete _, Task.Embed _, Task.Images _ ->
                    Running.ended(new RunResult(ModelRunner.OTHER_KIND));
        };
    }

    private Running chat(
            Task.Chat chat, String own, boolean llama, CallEngine traced, Consumer<Reply> replies) {
        byte[] body;
        try {
            body = ChatBody.of(chat, own, llama, files::source);
        } catch (RuntimeException e) {
            return Running.ended(new RunResult(FetchFailures.outcome(e)));
        }
        var answers = new GrowAnswers(chat, replies);
        return run(
                "/v1/chat/completions",
                body,
                "messages",
                answers,
                MapChunks.of(chat, answers),
                traced);
    }

    private Running run(
            String route,
            byte[] body,
            String input,
            GrowAnswers answers,
            MapChunks chunks,
            CallEngine traced) {
        var request = new RunRequest(traced.post(route, body), answers.result(), input);
        var run = new RunText(answers, chunks, request);
        Thread.startVirtualThread(() -> run.run(settings.silence(), call.timer()));
        return new Running(answers.result(), run::close, run::cutShort);
    }

    private Running run(Task.Embed embed, String own, CallEngine traced) {
        var result = new CompletableFuture<RunResult>();
        var run =
                new RunEmbedding(
                        embed,
                        result,
                        traced.post("/v1/embeddings", RunEmbedding.body(embed, own)));
        Thread.startVirtualThread(() -> run.run(settings.silence(), call.timer()));
        return new Running(result, run::close);
    }

    @Override
    public void close() {
        call.close();
    }
}
