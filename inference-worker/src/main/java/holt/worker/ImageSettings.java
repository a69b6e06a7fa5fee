package holt.worker;

import holt.engine.scheduler.SchedulerChoice;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How image models are served.
 *
 * @param slots jobs that run at once, for models that name no number
 * @param steps of a denoising loop, where the client names no number
 * @param guidance how strongly the prompt counts, where the client says nothing
 * @param scheduler in place of the models' own
 * @param maxPixels of a picture as the model renders it; what is larger is enlarged afterwards
 */
@ConfigurationProperties("holt.worker.images")
public record ImageSettings(
        @DefaultValue("4") int slots,
        @DefaultValue("30") int steps,
        @DefaultValue("7.5") double guidance,
        @DefaultValue("folder") SchedulerChoice scheduler,
        @DefaultValue("1048576") long maxPixels) {

    public ImageSettings {
        require(slots >= 1 && slots <= 512, "slots", "1 to 512");
        require(steps >= 1 && steps <= 1000, "steps", "1 to 1000");
        require(guidance >= 0 && guidance <= 100, "guidance", "0 to 100");
        require(maxPixels >= 1, "max-pixels", "1 or more");
    }

    private static void require(boolean valid, String key, String expected) {
        if (!valid) {
            throw new IllegalArgumentException(
                    "holt.worker.images." + key + ": " + expected + " expected");
        }
    }
}
