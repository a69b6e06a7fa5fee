package holt.worker.models;

import holt.engine.diffusion.noise.SchedulerChoice;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the worker serves image models.
 *
 * @param slots jobs at once of a model that names no number
 * @param steps of a denoising run if the client names none; null: the model's default
 * @param guidance by the prompt if the client names none; null: the model's default
 * @param scheduler in place of the one in the model's folder
 * @param maxPixels that a model renders; a larger picture is enlarged afterwards
 */
@ConfigurationProperties("holt.worker.images")
public record ImageSettings(
        @DefaultValue("4") int slots,
        @Nullable Integer steps,
        @Nullable Double guidance,
        @DefaultValue("folder") SchedulerChoice scheduler,
        @DefaultValue("1048576") long maxPixels) {

    public ImageSettings {
        require(slots >= 1 && slots <= 512, "slots", "1 to 512");
        require(steps == null || (steps >= 1 && steps <= 1000), "steps", "1 to 1000");
        require(guidance == null || (guidance >= 0 && guidance <= 100), "guidance", "0 to 100");
        require(maxPixels >= 1, "max-pixels", "1 or more");
    }

    private static void require(boolean valid, String key, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "holt.worker.images." + key + ": " + expected + " expected");
        }
    }
}
