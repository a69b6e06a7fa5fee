package holt.api.usage;

import holt.api.fields.QueryFields;
import holt.api.http.Answers;
import holt.api.http.Exchanges;
import holt.api.keys.Caller;
import holt.api.queue.TrackUsage;
import holt.api.queue.UsageFilter;
import holt.api.queue.usage.UsageRow;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /v1/usage} for callers, {@code GET /admin/v1/usage} for operators. */
@RestController
final class UsageController {
    private static final Duration USUAL = Duration.ofDays(1);
    private static final String CSV = "text/csv";
    private static final String CSV_TEXT = CSV + "; charset=utf-8";

    private final TrackUsage usage;
    private final Exchanges exchanges;
    private final InstantSource clock = InstantSource.system();

    UsageController(TrackUsage usage, Exchanges exchanges) {
        this.usage = usage;
        this.exchanges = exchanges;
    }

    /** Where callers need no key, all use is of one caller. */
    @GetMapping("/v1/usage")
    void own(HttpServletRequest request, HttpServletResponse response) {
        answer(filter(request, Caller.of(request).id()), request, response);
    }

    @GetMapping("/admin/v1/usage")
    void all(HttpServletRequest request, HttpServletResponse response) {
        answer(filter(request, QueryFields.text("caller", request)), request, response);
    }

    private UsageFilter filter(HttpServletRequest request, @Nullable String caller) {
        Instant start = QueryFields.time("start_time", request);
        Instant end = QueryFields.time("end_time", request);
        Instant now = clock.instant();
        return new UsageFilter(
                start == null ? now.minus(USUAL) : start.truncatedTo(ChronoUnit.HOURS),
                Objects.requireNonNullElse(end, now.plus(USUAL)),
                caller,
                QueryFields.model(request));
    }

    private void answer(
            UsageFilter filter, HttpServletRequest request, HttpServletResponse response) {
        boolean csv = wantsCsv(request);
        exchanges
                .begin(request, response, () -> {})
                .end(() -> write(usage.list(filter), csv, request, response));
    }

    private static void write(
            List<UsageRow> rows,
            boolean csv,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        if (csv) {
            Answers.file(
                    request,
                    response,
                    CSV_TEXT,
                    UsageCsv.of(rows).getBytes(StandardCharsets.UTF_8));
        } else {
            Answers.json(request, response, 200, UsageBody.of(rows));
        }
    }

    private static boolean wantsCsv(HttpServletRequest request) {
        String format = QueryFields.text("format", request);
        if (format == null) {
            String accept = request.getHeader("Accept");
            return accept != null && accept.contains(CSV);
        }
        return switch (format) {
            case "csv" -> true;
            case "json" -> false;
            default -> throw QueryFields.invalid("format", "json or csv");
        };
    }
}
