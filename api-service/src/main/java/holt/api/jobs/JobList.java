package holt.api.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import holt.api.queue.index.JobHead;
import holt.api.queue.index.JobPage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list of jobs, newest first.
 *
 * @param object always {@code list}
 * @param next the value of {@code after} for the next part; absent at the end
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record JobList(
        int code,
        String message,
        String object,
        List<Row> data,
        boolean hasMore,
        @Nullable String next) {

    /**
     * A job.
     *
     * @param created in seconds since 1970
     * @param reason why it failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Row(
            String id,
            String object,
            String status,
            String model,
            long created,
            @Nullable String caller,
            @Nullable String reason) {
        private static Row of(JobHead job) {
            return new Row(
                    job.id().value(),
                    "job",
                    job.status().label(),
                    job.model().value(),
                    job.created().getEpochSecond(),
                    job.caller(),
                    job.reason() == null ? null : job.reason().label());
        }
    }

    static JobList of(JobPage page) {
        return new JobList(
                0,
                "success",
                "list",
                page.jobs().stream().map(Row::of).toList(),
                page.next() != null,
                page.next() == null ? null : page.next().cursor());
    }
}
