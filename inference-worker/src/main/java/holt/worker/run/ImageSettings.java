package holt.worker.run;

import holt.engine.diffusion.noise.SchedulerChoice;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How image models are served.
 *
 * @param slots jobs that run at once, for models that name no number
 * @param steps of a denoising loop, where the client names no number; null for the model's own
 * @param guidance how strongly the prompt counts, where the client says nothing; null for the model's own
 * @param scheduler in place of the models' own
 * @param maxPixels of a picture as the model renders it; what is larger is enlarged afterwards
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
