package holt.api.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.http.Answers;
import holt.api.http.Exchanges;
import holt.api.http.QueryNumber;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /admin/v1/audit}: what operators have changed, newest first. */
@RestController
final class AuditController {
    private static final int USUAL = 50;
    private static final int MOST = 1000;

    private final Audit audit;
    private final Exchanges exchanges;

    AuditController(Audit audit, Exchanges exchanges) {
        this.audit = audit;
        this.exchanges = exchanges;
    }

    /** @param next the value of {@code before} for the next part; absent at the end */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Entries(String object, List<Row> data, @Nullable Long next) {}

    /** @param at in seconds since 1970 */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String object,
            long number,
            long at,
            String by,
            String from,
            String action,
            String target,
            @Nullable String detail) {
        private static Row of(AuditPage.Row row) {
            AuditEntry entry = row.entry();
            return new Row(
                    "audit_entry",
                    row.number(),
                    row.at().getEpochSecond(),
                    entry.by(),
                    entry.from(),
                    entry.action(),
                    entry.target(),
                    entry.detail());
        }
    }

    @GetMapping("/admin/v1/audit")
    void list(HttpServletRequest request, HttpServletResponse response) {
        long before = QueryNumber.of(request, "before", 0, Long.MAX_VALUE, Long.MAX_VALUE);
        int limit = (int) QueryNumber.of(request, "limit", 1, MOST, USUAL);
        exchanges
                .begin(request, response, () -> {})
                .end(() -> {
                    AuditPage page = audit.newest(before, limit);
                    Answers.json(
                            request,
                            response,
                            200,
                            new Entries(
                                    "list",
                                    page.rows().stream().map(Row::of).toList(),
                                    page.next()));
                });
    }
}
