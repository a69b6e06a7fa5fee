package holt.api.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key in answers.
 *
 * @param object always {@code api_key}
 * @param created in seconds since 1970, as are the other times
 * @param status {@code valid}, {@code expired} or {@code revoked}
 * @param secret only in the answer that makes it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record KeyBody(
        String object,
        String id,
        String name,
        @Nullable String team,
        Set<Scope> scopes,
        Limits limits,
        long created,
        @Nullable Long expires,
        String status,
        @Nullable String secret) {

    static KeyBody of(AccessKey key, Instant now, @Nullable KeySecret secret) {
        return new KeyBody(
                "api_key",
                key.id(),
                key.name(),
                key.team(),
                key.scopes(),
                key.limits(),
                key.created().getEpochSecond(),
                key.expires() == null ? null : key.expires().getEpochSecond(),
                key.revoked() != null ? "revoked" : key.isValid(now) ? "valid" : "expired",
                secret == null ? null : secret.text());
    }
}
