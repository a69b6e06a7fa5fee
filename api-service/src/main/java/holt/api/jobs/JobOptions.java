package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.api.keys.Caller;
import holt.api.queue.index.RequestKey;
import holt.protocol.Failure;
import holt.protocol.Lane;
import holt.protocol.TraceContext;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a request's headers ask of its job.
 *
 * @param caller who sent it
 * @param lane from {@code X-Holt-Lane} or {@code service_tier}; null without them
 * @param key from {@code Idempotency-Key}
 * @param async whether the client sent {@code Prefer: respond-async} (RFC 7240)
 * @param patience how long an asynchronous answer may wait for the result, from {@code Prefer: wait=N}; zero without it
 * @param cancelAfter from {@code Cancel-After: seconds}; null without it
 * @param trace from {@code traceparent} and {@code tracestate}; null without a valid one
 */
public record JobOptions(
        Caller caller,
        @Nullable Lane lane,
        @Nullable RequestKey key,
        boolean async,
        Duration patience,
        @Nullable Duration cancelAfter,
        @Nullable TraceContext trace) {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,5}");

    /** The longest deadline that a client may ask for. */
    static final Duration LONGEST = Duration.ofDays(1);

    /** @throws RequestRejectedException {@code INVALID_VALUE} with the header's name */
    public static JobOptions of(HttpServletRequest request) {
        List<String> preferences = preferences(request);
        Caller caller = Caller.of(request);
        return new JobOptions(
                caller,
                lane(request.getHeader("X-Holt-Lane"), caller),
                key(request.getHeader("Idempotency-Key"), caller),
                preferences.contains("respond-async"),
                wait(preferences),
                cancelAfter(request.getHeader("Cancel-After")),
                trace(request));
    }

    /** How long the client wants to wait for a result; zero if it does not say. */
    static Duration patience(HttpServletRequest request) {
        return wait(preferences(request));
    }

    private static List<String> preferences(HttpServletRequest request) {
        return Collections.list(request.getHeaders("Prefer")).stream()
                .flatMap(header -> Stream.of(header.split(",")))
                .map(preference -> preference.strip().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The same with the lane of OpenAI's {@code service_tier}. The header counts more. */
    public JobOptions withTier(@Nullable String tier) {
        return lane != null || tier == null
                ? this
                : new JobOptions(
                        caller,
                        ServiceTier.lane(tier, caller),
                        key,
                        async,
                        patience,
                        cancelAfter,
                        trace);
    }

    /** The lane that the client asks for; without a wish, an asynchronous job goes to the lowest one. */
    public Lane lane(boolean answeredLater) {
        return lane != null ? lane : answeredLater ? Lane.BATCH : Lane.NORMAL;
    }

    /** The job's time-out: what the client asks for, up to the longest. */
    Duration timeout(Duration otherwise, Duration most) {
        Duration timeout = cancelAfter == null ? otherwise : cancelAfter;
        return timeout.compareTo(most) > 0 ? most : timeout;
    }

    /** A {@code tracestate} may come in several headers. */
    private static @Nullable TraceContext trace(HttpServletRequest request) {
        return TraceContext.of(
                request.getHeader("traceparent"),
                String.join(",", Collections.list(request.getHeaders("tracestate"))));
    }

    private static @Nullable RequestKey key(@Nullable String header, Caller caller) {
        if (header == null || header.isEmpty()) {
            return null;
        }
        try {
            return new RequestKey(header, caller.id());
        } catch (IllegalArgumentException e) {
            throw invalid("Idempotency-Key", String.valueOf(e.getMessage()));
        }
    }

    private static @Nullable Lane lane(@Nullable String header, Caller caller) {
        if (header == null || header.isEmpty()) {
            return null;
        }
        Lane lane =
                Arrays.stream(Lane.values())
                        .filter(each -> each.label().equals(header))
                        .findFirst()
                        .orElseThrow(
                                () -> invalid("X-Holt-Lane", "high, normal or batch expected"));
        if (!caller.limits().allows(lane)) {
            throw new RequestRejectedException(
                    Failure.PERMISSION_DENIED, "this key may not use the lane " + header);
        }
        return lane;
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
