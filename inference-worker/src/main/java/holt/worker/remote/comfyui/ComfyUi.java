package holt.worker.remote.comfyui;

import holt.protocol.Ability;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.worker.models.PictureFiles;
import holt.worker.remote.CallEngine;
import holt.worker.remote.EngineApi;
import holt.worker.remote.EngineSettings;
import holt.worker.remote.RunPictures;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** ComfyUI. It renders one workflow after the other. */
public final class ComfyUi implements EngineApi {
    private static final JsonMapper JSON = new JsonMapper();

    private final EngineSettings settings;
    private final PictureFiles files;
    private final CallEngine call;
    private final Map<String, Workflow> workflows = new LinkedHashMap<>();

    /** Over all workflows. */
    private final RunPictures pictures = new RunPictures();

    /** @throws IllegalArgumentException if a workflow of the settings cannot be used */
    public ComfyUi(EngineSettings settings, PictureFiles files) {
        this.settings = settings;
        this.files = files;
        settings.workflows().forEach((name, file) -> workflows.put(name, Workflow.read(file)));
        this.call = new CallEngine(settings);
    }

    @Override
    public Map<String, JsonNode> models() throws IOException, InterruptedException {
        int status = call.get("/prompt").statusCode();
        if (status != 200) {
            throw new IOException("the engine answers " + status + " to /prompt");
        }
        var models = new LinkedHashMap<String, JsonNode>();
        workflows.keySet().forEach(name -> models.put(name, JSON.missingNode()));
        return models;
    }

    @Override
    public Model model(ModelName name, String own, JsonNode listed) {
        var known =
                KnownModel.ofImages(name, "a workflow of a remote ComfyUI", Instant.EPOCH, null);
        Workflow workflow = workflows.get(own);
        if (workflow == null) {
            throw new IllegalArgumentException("the settings have no such workflow");
        }
        Set<Ability> abilities =
                workflow.pictures().size() > 1 ? Set.of(Ability.SEVERAL_IMAGES) : Set.of();
        return new Model(
                known.withAbilities(abilities),
                1,
                (task, trace, replies) ->
                        pictures.start(
                                task,
                                wanted -> {
                                    FillWorkflow.check(workflow, wanted);
                                    return new RunWorkflow(
                                            wanted,
                                            workflow,
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
