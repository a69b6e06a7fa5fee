package holt.worker.remote.sdapi;

import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.worker.models.PictureFiles;
import holt.worker.remote.CallEngine;
import holt.worker.remote.EngineApi;
import holt.worker.remote.EngineSettings;
import holt.worker.remote.ReadJson;
import holt.worker.remote.RunPictures;
import holt.worker.remote.UnsupportedException;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** The API of Automatic1111 and Forge. Its models are checkpoints, of which the engine holds one in memory. */
public final class SdApi implements EngineApi {
    private static final String MODELS = "/sdapi/v1/sd-models";

    private final EngineSettings settings;
    private final PictureFiles files;
    private final CallEngine call;

    /** Over all models, since the engine runs one request after the other. */
    private final RunPictures pictures = new RunPictures();

    public SdApi(EngineSettings settings, PictureFiles files) {
        this.settings = settings;
        this.files = files;
        this.call = new CallEngine(settings);
    }

    @Override
    public Map<String, JsonNode> models() throws IOException, InterruptedException {
        HttpResponse<byte[]> response = call.get(MODELS);
        if (response.statusCode() != 200) {
            throw new IOException("the engine answers " + response.statusCode() + " to " + MODELS);
        }
        var models = new LinkedHashMap<String, JsonNode>();
        for (JsonNode model : ReadJson.of(response.body())) {
            models.put(model.path("model_name").asString(""), model);
        }
        return models;
    }

    @Override
    public Model model(ModelName name, String own, JsonNode listed) {
        var known =
                KnownModel.ofImages(name, "a checkpoint of a remote engine", Instant.EPOCH, null);
        return new Model(
                known,
                1,
                (task, trace, replies) ->
                        pictures.start(
                                task,
                                wanted -> {
                                    if (!wanted.needs().isEmpty()) {
                                        throw new UnsupportedException(
                                                "image", "takes one picture");
                                    }
                                    return new RunImages(
                                            wanted,
                                            own,
                                            files,
                                            call.within(trace),
                                            replies,
                                            settings.silence());
                                }));
    }

    @Override
    public boolean hasRoom() {
        return pictures.hasRoom(settings.slots(1));
    }

    @Override
    public void close() {
        call.close();
    }
}
