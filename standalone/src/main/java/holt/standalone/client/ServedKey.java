package holt.standalone.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A key for callers, as a running Holt shows it.
 *
 * @param team empty without one
 * @param status {@code valid}, {@code expired} or {@code revoked}
 * @param limits in words
 * @param expires null if it never does
 * @param secret empty unless it is new
 */
public record ServedKey(
        String id,
        String name,
        String team,
        List<String> scopes,
        String status,
        String limits,
        @Nullable Instant expires,
        String secret) {}
