package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.api.queue.index.RequestKey;
import holt.protocol.Failure;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request's headers ask of its job.
 *
 * @param key from {@code Idempotency-Key}
 * @param async whether the client sent {@code Prefer: respond-async} (RFC 7240)
 * @param patience how long an asynchronous answer may wait for the result, from {@code Prefer: wait=N}; zero without it
 * @param cancelAfter from {@code Cancel-After: seconds}; null without it
 */
public record JobOptions(
        @Nullable RequestKey key,
        boolean async,
        Duration patience,
        @Nullable Duration cancelAfter) {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,5}");

    /** The longest deadline that a client may ask for. */
    static final Duration LONGEST = Duration.ofDays(1);

    /** @throws RequestRejectedException {@code INVALID_VALUE} with the header's name */
    public static JobOptions of(HttpServletRequest request) {
        List<String> preferences =
                Collections.list(request.getHeaders("Prefer")).stream()
                        .flatMap(header -> Stream.of(header.split(",")))
                        .map(preference -> preference.strip().toLowerCase(Locale.ROOT))
                        .toList();
        return new JobOptions(
                key(request.getHeader("Idempotency-Key")),
                preferences.contains("respond-async"),
                wait(preferences),
                cancelAfter(request.getHeader("Cancel-After")));
    }

    /** The job's time-out: what the client asks for, up to the longest. */
    Duration timeout(Duration otherwise, Duration most) {
        Duration timeout = cancelAfter == null ? otherwise : cancelAfter;
        return timeout.compareTo(most) > 0 ? most : timeout;
    }

    private static @Nullable RequestKey key(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return null;
        }
        try {
            return new RequestKey(header);
        } catch (IllegalArgumentException e) {
            throw invalid("Idempotency-Key", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Duration cancelAfter(@Nullable String header) {
        if (header == null || header.isEmpty()) {
            return null;
        }
        int seconds = SECONDS.matcher(header).matches() ? Integer.parseInt(header) : 0;
        if (seconds < 1 || seconds > LONGEST.toSeconds()) {
            throw invalid("Cancel-After", "1 to " + LONGEST.toSeconds() + " seconds expected");
        }
        return Duration.ofSeconds(seconds);
    }

    /** An invalid preference is ignored, as RFC 7240 says. */
    private static Duration wait(List<String> preferences) {
        return preferences.stream()
                .filter(preference -> preference.startsWith("wait="))
                .map(preference -> preference.substring("wait=".length()))
                .filter(seconds -> SECONDS.matcher(seconds).matches())
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
                .findFirst()
                .orElse(Duration.ZERO);
    }

    private static RequestRejectedException invalid(String header, String why) {
        return new RequestRejectedException(
                Failure.INVALID_VALUE, header + ": " + why, header, null);
    }
}
