package holt.api.console;

import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobStatus;
import holt.api.queue.index.ListPlace;
import holt.protocol.ModelName;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.function.ServerRequest;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Which jobs a page lists, as its URL says. A value that means nothing lets all jobs pass, so a mistyped URL still shows jobs.
 *
 * @param state the label of a status, or empty; the other fields may be empty, too
 * @param since a key of {@link #TIMES}
 */
record JobSearch(
        String caller,
        String model,
        String state,
        String since,
        JobFilter filter,
        @Nullable ListPlace after) {
    static final List<State> STATES =
            Arrays.stream(JobStatus.values())
                    .map(status -> new State(status.label(), JobRow.name(status)))
                    .toList();

    /** Names of the choices by their values in the URL. */
    static final Map<String, String> TIMES = times();

    record State(String label, String name) {}

    static JobSearch of(ServerRequest request, Instant now) {
        String caller = text(request, "caller");
        String model = text(request, "model");
        String state = text(request, "state");
        String since = TIMES.containsKey(text(request, "since")) ? text(request, "since") : "";
        JobStatus status = status(state);
        ModelName name = model(model);
        Instant from = since.isEmpty() ? null : now.minus(Duration.parse("PT" + since));
        return new JobSearch(
                caller,
                model,
                status == null ? "" : state,
                since,
                new JobFilter(caller.isEmpty() ? null : caller, name, status, null, from, null),
                ListPlace.ofCursor(text(request, "after")).orElse(null));
    }

    /** @param place where the page begins; null: at the newest job */
    String link(@Nullable ListPlace place) {
        return UriComponentsBuilder.fromPath("/console/jobs")
                .queryParamIfPresent("caller", present(caller))
                .queryParamIfPresent("model", present(model))
                .queryParamIfPresent("state", present(state))
                .queryParamIfPresent("since", present(since))
                .queryParamIfPresent("after", Optional.ofNullable(place).map(ListPlace::cursor))
                .encode()
                .toUriString();
    }

    /** Whether any filter is set. Templates ask. */
    public boolean isNarrow() {
        return !(caller + model + state + since).isEmpty();
    }

    private static Optional<String> present(String value) {
        return Optional.of(value).filter(text -> !text.isEmpty());
    }

    private static String text(ServerRequest request, String name) {
        return request.param(name).map(String::strip).orElse("");
    }

    private static @Nullable JobStatus status(String label) {
        return Arrays.stream(JobStatus.values())
                .filter(status -> status.label().equals(label))
                .findFirst()
                .orElse(null);
    }

    private static @Nullable ModelName model(String name) {
        try {
            return name.isEmpty() ? null : new ModelName(name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static Map<String, String> times() {
        var times = new LinkedHashMap<String, String>();
        times.put("15M", "last 15 minutes");
        times.put("1H", "last hour");
        times.put("3H", "last 3 hours");
        times.put("24H", "last 24 hours");
        return times;
    }
}
