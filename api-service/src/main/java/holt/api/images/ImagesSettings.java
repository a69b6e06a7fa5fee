package holt.api.images;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a client may ask for.
 *
 * @param maxPixels of a picture
 * @param maxN pictures of a request
 * @param maxSteps of a picture
 * @param generationDeadline after which a generation is answered with 504; the node gives up at 300 s
 * @param editDeadline after which an edit is answered with 504; the node gives up at 180 s where another one is between
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
            throw new IllegalArgumentException(
                    "holt.images." + key + ": " + expected + " expected");
        }
    }
}
