package holt.worker.remote.ollama;

import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.Reply;
import holt.protocol.Task;
import holt.worker.models.FetchFailures;
import holt.worker.models.GrowAnswers;
import holt.worker.models.ModelRunner;
import holt.worker.models.ModelRunner.Running;
import holt.worker.models.PictureFiles;
import holt.worker.models.RunResult;
import holt.worker.remote.CallEngine;
import holt.worker.remote.EngineApi;
import holt.worker.remote.EngineSettings;
import holt.worker.remote.ReadJson;
import holt.worker.remote.UnsupportedException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Ollama's own API. */
public final class Ollama implements EngineApi {
    private static final JsonMapper JSON = new JsonMapper();

    private final EngineSettings settings;
    private final PictureFiles files;
    private final CallEngine call;

    public Ollama(EngineSettings settings, PictureFiles files) {
        this.settings = settings;
        this.files = files;
        this.call = new CallEngine(settings);
    }

    @Override
    public Map<String, JsonNode> models() throws IOException, InterruptedException {
        var models = new LinkedHashMap<String, JsonNode>();
        for (JsonNode model : read(call.get("/api/tags"), "/api/tags").path("models")) {
            String own = model.path("model").asString("");
            // A model of another host would send prompts there.
            boolean elsewhere = !model.path("remote_host").asString("").isEmpty();
            if (!elsewhere || settings.models().contains(own)) {
                models.put(own, model);
            }
        }
        return models;
    }

    @Override
    public Model model(ModelName name, String own, JsonNode listed)
            throws IOException, InterruptedException {
        byte[] question = JSON.writeValueAsBytes(Map.of("model", own));
        var shown = new ShownModel(read(call.ask("/api/show", question), "/api/show"));
        KnownModel known = shown.known(name, listed);
        return new Model(
                known,
                1,
                (task, trace, replies) ->
                        start(task, own, known, shown.thinks(), call.within(trace), replies));
    }

    private Running start(
            Task task,
            String own,
            KnownModel known,
            boolean thinks,
            CallEngine traced,
            Consumer<Reply> replies) {
        return switch (task) {
            case Task.Chat chat when known.kind() == KnownModel.Kind.CHAT ->
                    chat(chat, own, thinks, traced, replies);
            case Task.Embed embed when known.kind() == KnownModel.Kind.EMBEDDING ->
                    embed(embed, own, known.contextLength(), traced);
            case Task.Chat _, Task.Embed _, Task.Images _, Task.Complete _ ->
                    Running.ended(new RunResult(ModelRunner.OTHER_KIND));
        };
    }

    private Running chat(
            Task.Chat chat,
            String own,
            boolean thinks,
            CallEngine traced,
            Consumer<Reply> replies) {
        try {
            var body = new ChatBody(chat, own, thinks, files::source);
            var run = new RunChat(chat, body, new GrowAnswers(chat, replies), traced);
            Thread.startVirtualThread(() -> run.run(settings.silence()));
            return new Running(run.result(), run::close, run::cutShort);
        } catch (UnsupportedException e) {
            return Running.ended(e.result());
        } catch (RuntimeException e) {
            return Running.ended(new RunResult(FetchFailures.outcome(e)));
        }
    }

    private Running embed(Task.Embed embed, String own, int contextLength, CallEngine traced) {
        var result = new CompletableFuture<RunResult>();
        try {
            byte[] body = Embeddings.body(embed, own, contextLength);
            var run = new Embeddings(embed, result, traced.post("/api/embed", body));
            Thread.startVirtualThread(() -> run.run(settings.silence(), call.timer()));
            return new Running(result, run::close);
        } catch (UnsupportedException e) {
            return Running.ended(e.result());
        }
    }

    private static JsonNode read(HttpResponse<byte[]> response, String route) throws IOException {
        if (response.statusCode() != 200) {
            throw new IOException("the engine answers " + response.statusCode() + " to " + route);
        }
        return ReadJson.of(response.body());
    }

    @Override
    public void close() {
        call.close();
    }
}
