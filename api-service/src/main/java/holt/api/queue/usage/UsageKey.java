package holt.api.queue.usage;

import holt.protocol.ModelName;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Whose use it is, of what, and when.
 *
 * @param hour in which the jobs ended, its beginning
 * @param caller a team, or {@code key:<id>}; empty if callers need no keys
 * @param key the id of the key; empty if callers need no keys
 */
public record UsageKey(Instant hour, String caller, String key, ModelName model) {
    private static final int PARTS = 4;

    public UsageKey {
        hour = hour.truncatedTo(ChronoUnit.HOURS);
    }

    /** As a name. A model's name may have slashes. */
    String text() {
        return hour + "/" + caller + "/" + key + "/" + model.value();
    }

    /** @throws RuntimeException if the text is no such name */
    static UsageKey of(String text) {
        String[] parts = text.split("/", PARTS);
        return new UsageKey(Instant.parse(parts[0]), parts[1], parts[2], new ModelName(parts[3]));
    }
}
