package holt.api.usage;

import holt.api.queue.usage.UsageCounts;
import holt.api.queue.usage.UsageKey;
import holt.api.queue.usage.UsageRow;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Usage as CSV (RFC 4180). */
final class UsageCsv {
    private static final String HEAD =
            "hour,caller,key,model,jobs,failed,prompt_tokens,cached_tokens,completion_tokens,images,run_seconds\r\n";

    private UsageCsv() {}

    static String of(List<UsageRow> rows) {
        return rows.stream().map(UsageCsv::line).collect(Collectors.joining("", HEAD, ""));
    }

    private static String line(UsageRow row) {
        UsageKey key = row.key();
        UsageCounts counts = row.counts();
        return String.format(
                Locale.ROOT,
                "%s,%s,%s,%s,%d,%d,%d,%d,%d,%d,%.3f\r\n",
                key.hour(),
                quoted(key.caller()),
                quoted(key.key()),
                quoted(key.model().value()),
                counts.jobs(),
                counts.failed(),
                counts.promptTokens(),
                counts.cachedTokens(),
                counts.completionTokens(),
                counts.images(),
                counts.runMillis() / 1e3);
    }

    /** A spreadsheet would take a text that begins with one of these as a formula. */
    private static String quoted(String text) {
        String plain = text.matches("[=+@-].*") ? "'" + text : text;
        return "\"" + plain.replace("\"", "\"\"") + "\"";
    }
}
