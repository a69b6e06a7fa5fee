package holt.engine.image;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/**
 * A model's default values. A folder may set them in {@code generation_config.json}, under the argument names of diffusers'
 * pipelines: {@code num_inference_steps} and {@code guidance_scale}.
 *
 * @param steps of a denoising loop
 * @param guidance scale of classifier-free guidance
 */
public record ImageDefaults(int steps, double guidance) {
    private static final String FILE = "generation_config.json";

    /** Values that suit Stable Diffusion. */
    public static final ImageDefaults USUAL = new ImageDefaults(30, 7.5);

    /** @throws UnloadableModelException if the file has an invalid value */
    static ImageDefaults read(Path folder) {
        JsonNode json = ModelFiles.jsonIfPresent(folder, FILE);
        JsonNode steps = json.path("num_inference_steps");
        JsonNode guidance = json.path("guidance_scale");
        require(
                folder,
                steps,
                steps.isInt() && isWithin(steps, 1, 1000),
                "num_inference_steps from 1 to 1000");
        require(
                folder,
                guidance,
                guidance.isNumber() && isWithin(guidance, 0, 100),
                "guidance_scale from 0 to 100");
        return new ImageDefaults(
                steps.isNumber() ? steps.intValue() : USUAL.steps,
                guidance.isNumber() ? guidance.doubleValue() : USUAL.guidance);
    }

    private static boolean isWithin(JsonNode number, double least, double most) {
        return number.asDouble() >= least && number.asDouble() <= most;
    }

    private static void require(Path folder, JsonNode value, boolean valid, String expected) {
        if (!value.isMissingNode() && !value.isNull() && !valid) {
            throw new UnloadableModelException(
                    "%s: %s instead of a %s".formatted(folder.resolve(FILE), value, expected));
        }
    }
}
