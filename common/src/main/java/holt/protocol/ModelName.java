package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** A model's name in requests: 1-200 characters, no control characters. */
public record ModelName(@JsonValue String value) {
    /** A topic name has at most 249 characters. {@code holt.jobs.} and the lane take 17 of them, the hash 9. */
    private static final int LONGEST_SLUG = 200;

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9-]{1," + LONGEST_SLUG + "}");

    @JsonCreator
    public ModelName {
        if (value.isBlank()
                || value.length() > 200
                || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("model: 1-200 printable characters expected");
        }
    }

    /**
     * The name as part of a topic name. A name of {@code [a-z0-9-]} stays as it is. Any other name becomes lower case, with {@code -} for
     * every other character and 8 hexadecimal digits of the name's SHA-256. So two names never share a queue.
     */
    public String slug() {
        if (PLAIN.matcher(value).matches()) {
            return value;
        }
        return value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-")
                + "-"
                + Sha256.hex(value.getBytes(StandardCharsets.UTF_8)).substring(0, 8);
    }

    @Override
    public String toString() {
        return value;
    }
}
