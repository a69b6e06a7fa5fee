package holt.worker.remote;

import holt.protocol.PictureEdit;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.worker.models.PictureFiles;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes a task as the body of {@code POST /v1/images/generations} or {@code /v1/images/edits}. What the client left open stays open. What
 * OpenAI's API lacks has the names of vLLM-Omni and of Holt.
 */
final class ImagesBody {
    private static final JsonMapper JSON = new JsonMapper();

    private ImagesBody() {}

    /** A generation. */
    static byte[] json(Task.Images wanted, String model) {
        return JSON.writeValueAsBytes(fields(wanted, model));
    }

    /**
     * An edit.
     *
     * @throws RuntimeException if a source cannot be read, as {@link holt.worker.models.FetchFailures} maps it
     */
    static Multipart form(Task.Images wanted, PictureEdit edit, String model, PictureFiles files) {
        Map<String, Object> fields = fields(wanted, model);
        put(fields, "strength", edit.strength());
        put(fields, "image_guidance", edit.sourceGuidance());
        var form = new Multipart();
        fields.forEach((name, value) -> form.field(name, value.toString()));
        String field = edit.further().isEmpty() ? "image" : "image[]";
        form.png(field, "image.png", files.source(edit.source()));
        for (StoredObject other : edit.further()) {
            form.png(field, "image.png", files.source(other));
        }
        if (edit.mask() != null) {
            form.png("mask", "mask.png", files.source(edit.mask()));
        }
        return form;
    }

    private static Map<String, Object> fields(Task.Images wanted, String model) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("model", model);
        fields.put("prompt", wanted.prompt());
        fields.put("n", wanted.n());
        if (!model.startsWith("gpt-image")) {
            // Those always answer in base64, and refuse the field.
            fields.put("response_format", "b64_json");
        }
        if (wanted.width() != null) {
            fields.put("size", wanted.width() + "x" + wanted.height());
        }
        put(
                fields,
                "negative_prompt",
                wanted.negativePrompt().isEmpty() ? null : wanted.negativePrompt());
        put(fields, "seed", wanted.seed() == null ? null : ShortSeed.of(wanted.seed()));
        put(fields, "steps", wanted.steps());
        put(fields, "num_inference_steps", wanted.steps());
        put(fields, "guidance_scale", wanted.guidance());
        return fields;
    }

    private static void put(Map<String, Object> fields, String name, @Nullable Object value) {
        if (value != null) {
            fields.put(name, value);
        }
    }
}
