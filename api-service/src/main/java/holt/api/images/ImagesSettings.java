package holt.api.images;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code holt.images.*}: the limits of a request.
 *
 * @param maxPixels most pixels of a picture
 * @param maxN most pictures of a request
 * @param maxSteps most steps of a picture
 * @param generationDeadline when a generation is answered with 504; a communication node gives up after 300 s
 * @param editDeadline when an edit is answered with 504; a communication node that asks through another node gives up after 180 s
 */
@ConfigurationProperties("holt.images")
record ImagesSettings(
        @DefaultValue("4194304") long maxPixels,
        @DefaultValue("10") int maxN,
        @DefaultValue("150") int maxSteps,
        @DefaultValue("290s") Duration generationDeadline,
        @DefaultValue("170s") Duration editDeadline) {

    ImagesSettings {
        require(
                maxPixels >= 512 * 512 && maxPixels <= Size.LONGEST * Size.LONGEST,
                "max-pixels",
                "262144 to 67108864");
        require(maxN >= 1 && maxN <= 128, "max-n", "1 to 128");
        require(maxSteps >= 1 && maxSteps <= 1000, "max-steps", "1 to 1000");
        require(isDeadline(generationDeadline), "generation-deadline", "1s to 1d");
        require(isDeadline(editDeadline), "edit-deadline", "1s to 1d");
    }

    private static boolean isDeadline(Duration time) {
        return time.toSeconds() >= 1 && time.compareTo(Duration.ofDays(1)) <= 0;
    }

    private static void require(boolean valid, String key, String expected) {
        if (!valid) {
            throw new IllegalArgumentException("holt.images." + key + ": must be " + expected);
        }
    }
}
