package holt.engine.image;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * How a model draws best where nobody says otherwise. A folder may say it in {@code generation_config.json}, in the names that diffusers' pipelines
 * give these arguments: {@code num_inference_steps} and {@code guidance_scale}.
 *
 * @param steps of a denoising loop
 * @param guidance how strongly the prompt counts
 */
public record DrawingDefaults(int steps, double guidance) {
    private static final String FILE = "generation_config.json";

    /** What suits Stable Diffusion. */
    public static final DrawingDefaults USUAL = new DrawingDefaults(30, 7.5);

    /** @throws UnloadableModelException if the folder says it wrongly */
    static DrawingDefaults read(Path folder) {
        JsonNode json = ModelFiles.jsonIfPresent(folder, FILE);
        int steps = json.path("num_inference_steps").asInt(USUAL.steps);
        double guidance = json.path("guidance_scale").asDouble(USUAL.guidance);
        if (steps < 1 || steps > 1000 || !(guidance >= 0 && guidance <= 100)) {
            throw new UnloadableModelException(
                    "%s: num_inference_steps 1 to 1000 and guidance_scale 0 to 100 expected"
                            .formatted(folder.resolve(FILE)));
        }
        return new DrawingDefaults(steps, guidance);
    }
}
