package holt.worker.remote.sdapi;

import holt.protocol.PictureEdit;
import holt.protocol.StoredObject;
import holt.protocol.Task;
import holt.worker.models.PictureFiles;
import holt.worker.remote.ShortSeed;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Writes a task as the body of {@code txt2img} or {@code img2img}. What the client left open stays open. */
final class SdBody {
    private static final JsonMapper JSON = new JsonMapper();

    /** Both sides are multiples of it. */
    private static final int STEP = 8;

    private static final int SHORTEST_SIDE = 64;

    private SdBody() {}

    /**
     * @param id by which the engine knows the request
     * @throws RuntimeException if a source cannot be read, as {@link holt.worker.models.FetchFailures} maps it
     */
    static byte[] of(Task.Images wanted, String model, String id, PictureFiles files) {
        var body = new LinkedHashMap<String, Object>();
        body.put("force_task_id", id);
        body.put("override_settings", Map.of("sd_model_checkpoint", model));
        // Else the engine would load the other checkpoint again after each picture.
        body.put("override_settings_restore_afterwards", false);
        body.put("prompt", wanted.prompt());
        body.put("negative_prompt", wanted.negativePrompt());
        body.put("batch_size", 1);
        body.put("n_iter", wanted.n());
        put(body, "seed", wanted.seed() == null ? null : ShortSeed.of(wanted.seed()));
        put(body, "steps", wanted.steps());
        put(body, "cfg_scale", wanted.guidance());
        put(body, "width", side(wanted.width()));
        put(body, "height", side(wanted.height()));
        if (wanted.edit() != null) {
            edit(body, wanted.edit(), files);
        }
        return JSON.writeValueAsBytes(body);
    }

    private static void edit(Map<String, Object> body, PictureEdit edit, PictureFiles files) {
        body.put("init_images", List.of(base64(files.source(edit.source()))));
        put(body, "denoising_strength", edit.strength());
        put(body, "image_cfg_scale", edit.sourceGuidance());
        StoredObject mask = edit.mask();
        if (mask != null) {
            body.put("mask", base64(files.whiteMask(mask)));
            body.putIfAbsent("denoising_strength", 1);
            // The model sees the whole picture, and begins with what it shows.
            body.put("inpaint_full_res", false);
            body.put("inpainting_fill", 1);
        }
    }

    private static @Nullable Integer side(@Nullable Integer wanted) {
        return wanted == null ? null : Math.max(SHORTEST_SIDE, Math.ceilDiv(wanted, STEP) * STEP);
    }

    private static String base64(byte[] png) {
        return Base64.getEncoder().encodeToString(png);
    }

    private static void put(Map<String, Object> json, String field, @Nullable Object value) {
        if (value != null) {
            json.put(field, value);
        }
    }
}
