package holt.api.keys;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings {@code holt.admin.*}.
 *
 * @param key of the operator who makes the first keys; it has all scopes. Usually from the environment, as {@code HOLT_ADMIN_KEY}
 */
@ConfigurationProperties("holt.admin")
record AdminSettings(@Nullable String key) {
    private static final int SHORTEST = 16;
    static final int LONGEST = 256;

    AdminSettings {
        key = key == null || key.isEmpty() ? null : key;
        if (key != null && (key.length() < SHORTEST || key.length() > LONGEST || !isToken(key))) {
            throw new IllegalArgumentException(
                    "holt.admin.key: must be %d to %d letters, digits and the characters -._~+/="
                            .formatted(SHORTEST, LONGEST));
        }
    }

    /** What a {@code Bearer} header and a path can carry. */
    private static boolean isToken(String text) {
        return text.matches("[A-Za-z0-9._~+/=-]+");
    }

    @Override
    public String toString() {
        return "AdminSettings[key=" + (key == null ? "unset" : "set") + "]";
    }
}
