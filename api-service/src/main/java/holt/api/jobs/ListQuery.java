package holt.api.jobs;

import holt.api.RequestRejectedException;
import holt.api.fields.QueryFields;
import holt.api.keys.Caller;
import holt.api.keys.Scope;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.ListPlace;
import jakarta.servlet.http.HttpServletRequest;
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

    /** @throws RequestRejectedException {@code INVALID_VALUE} with the parameter's name */
    static ListQuery of(HttpServletRequest request, Caller caller) {
        var filter =
                new JobFilter(
                        owner(request, caller),
                        QueryFields.model(request),
                        status(request.getParameter("status")),
                        null,
                        QueryFields.time("created_after", request),
                        QueryFields.time("created_before", request));
        return new ListQuery(
                filter, after(request.getParameter("after")), limit(request.getParameter("limit")));
    }

    /** An operator may name any caller, and sees all jobs otherwise. */
    private static @Nullable String owner(HttpServletRequest request, Caller caller) {
        return !caller.isKnown() || caller.scopes().contains(Scope.OPERATOR)
                ? QueryFields.text("caller", request)
                : caller.id();
    }

    private static @Nullable JobStatus status(@Nullable String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        return Arrays.stream(JobStatus.values())
                .filter(status -> status.label().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        QueryFields.invalid(
                                "status",
                                Arrays.stream(JobStatus.values())
                                        .map(JobStatus::label)
                                        .collect(Collectors.joining(", "))));
    }

    private static @Nullable ListPlace after(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return null;
        }
        return ListPlace.ofCursor(value)
                .orElseThrow(
                        () -> QueryFields.invalid("after", "the value of next in an earlier page"));
    }

    private static int limit(@Nullable String value) {
        if (value == null || value.isEmpty()) {
            return USUAL;
        }
        int limit = NUMBER.matcher(value).matches() ? Integer.parseInt(value) : 0;
        if (limit < 1 || limit > MOST) {
            throw QueryFields.invalid("limit", "1 to " + MOST);
        }
        return limit;
    }
}
