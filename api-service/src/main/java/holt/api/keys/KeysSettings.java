package holt.api.keys;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings {@code holt.keys.*}.
 *
 * @param required whether callers need a key
 */
@ConfigurationProperties("holt.keys")
record KeysSettings(@DefaultValue("auto") Required required) {
    /** When callers need a key. */
    enum Required {
        /** Unless the API listens on a loopback address alone. */
        AUTO,
        ALWAYS,
        NEVER
    }
}
