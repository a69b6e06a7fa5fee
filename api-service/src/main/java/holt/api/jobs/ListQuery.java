package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.api.keys.Caller;
import holt.api.keys.Scope;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.ListPlace;
import holt.protocol.Failure;
import holt.protocol.ModelName;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants to see of the list of jobs.
 *
 * @param after begins behind this place; null for the newest
 * @param limit jobs of a page
 */
record ListQuery(JobFilter filter, @Nullable ListPlace after, int limit) {
    private static final int USUAL = 20;
    private static final int MOST = 100;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

    /** @throws RequestRejectedException {@code INVALID_VALUE} with the parameter's name */
    static ListQuery of(HttpServletRequest request, Caller caller) {
        var filter =
                new JobFilter(
                        owner(request, caller),
                        model(request.getParameter("model")),
                        status(request.getParameter("status")),
                        null,
                        time("created_after", request),
                        time("created_before", request));
        return new ListQuery(
                filter, after(request.getParameter("after")), limit(request.getParameter("limit")));
    }

    /** An operator may name any caller, and sees all jobs otherwise. */
    private static @Nullable String owner(HttpServletRequest request, Caller caller) {
        String wanted = request.getParameter("caller");
        if (!caller.isKnown() || caller.scopes().contains(Scope.OPERATOR)) {
            return wanted == null || wanted.isEmpty() ? null : wanted;
        }
        return caller.id();
    }

    private static @Nullable ModelName model(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        try {
            return new ModelName(name);
        } catch (IllegalArgumentException e) {
            throw invalid("model", "a model's name");
        }
    }

    private static @Nullable JobStatus status(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        return Arrays.stream(JobStatus.values())
                .filter(status -> status.label().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        invalid(
                                "status",
                                Arrays.stream(JobStatus.values())
                                        .map(JobStatus::label)
                                        .collect(Collectors.joining(", "))));
    }

    private static @Nullable Instant time(String name, HttpServletRequest request) {
        String value = request.getParameter(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        if (!SECONDS.matcher(value).matches()) {
            throw invalid(name, "seconds since 1970");
        }
        return Instant.ofEpochSecond(Long.parseLong(value));
    }

    private static @Nullable ListPlace after(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        return ListPlace.ofCursor(value)
                .orElseThrow(() -> invalid("after", "the value of next in an earlier page"));
    }

    private static int limit(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return USUAL;
        }
        int limit = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > MOST) {
            throw invalid("limit", "1 to " + MOST);
        }
        return limit;
    }

    private static RequestRejectedException invalid(String name, String expected) {
        return new RequestRejectedException(
                Failure.INVALID_VALUE, name + ": must be " + expected, name, null);
    }
}
