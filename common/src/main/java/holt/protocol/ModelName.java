package holt.protocol;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** A model's name in requests: 1-200 characters, no control characters. */
public record ModelName(@JsonValue String value) {
    private static final int LONGEST = 200;
    private static final int HASH_DIGITS = 8;

    /** Of the longest name, a dash and the digits of its hash. */
    public static final int LONGEST_SLUG = LONGEST + 1 + HASH_DIGITS;

    private static final Pattern PLAIN = Pattern.compile("[a-z0-9-]+");

    @JsonCreator
    public ModelName {
        if (value.isBlank()
                || value.length() > LONGEST
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
        String plain = value.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9-]", "-");
        // Some characters are two in lower case.
        return plain.substring(0, Math.min(plain.length(), LONGEST))
                + "-"
                + Sha256.hex(value.getBytes(StandardCharsets.UTF_8)).substring(0, HASH_DIGITS);
    }

    @Override
    public String toString() {
        return value;
    }
}
