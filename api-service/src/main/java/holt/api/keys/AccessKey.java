package holt.api.keys;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A key, as {@code holt.keys} holds it. Nobody can tell its secret from it.
 *
 * @param id 12 hexadecimal digits, also the visible part of the secret
 * @param name for people
 * @param team callers with keys of one team are one caller; null if the key is a caller of its own
 * @param limits of the caller's use
 * @param digest SHA-256 of the secret, in hexadecimal digits
 * @param expires null if it never does
 * @param revoked null if it is not
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessKey(
        String id,
        String name,
        @Nullable String team,
        Set<Scope> scopes,
        Limits limits,
        String digest,
        Instant created,
        @Nullable Instant expires,
        @Nullable Instant revoked) {
    public AccessKey {
        scopes = Collections.unmodifiableSet(new TreeSet<>(scopes));
    }

    /** The caller's name. */
    String caller() {
        return team == null ? "key:" + id : "team:" + team;
    }

    AccessKey withLimits(Limits other) {
        return new AccessKey(id, name, team, scopes, other, digest, created, expires, revoked);
    }

    boolean isValid(Instant now) {
        return revoked == null && (expires == null || now.isBefore(expires));
    }

    AccessKey revokedAt(Instant now) {
        return new AccessKey(id, name, team, scopes, limits, digest, created, expires, now);
    }

    AccessKey withDigest(String newDigest) {
        return new AccessKey(id, name, team, scopes, limits, newDigest, created, expires, revoked);
    }
}
