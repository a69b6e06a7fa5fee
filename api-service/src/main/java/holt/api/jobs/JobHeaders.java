package holt.api.jobs;

import holt.api.controls.PausedModels;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/** The headers of every answer to a request that became a job. */
@Component
final class JobHeaders {
    static final String JOB_ID = "X-Holt-Job-Id";

    /** {@code paused} if the job waits because its model is paused. Streams have it before their first token. */
    static final String DETAIL = "X-Holt-Detail";

    private final PausedModels paused;

    JobHeaders(PausedModels paused) {
        this.paused = paused;
    }

    void write(HttpServletResponse response, JobId job, ModelName model) {
        response.setHeader(JOB_ID, job.value());
        if (paused.contains(model)) {
            response.setHeader(DETAIL, "paused");
        }
    }
}
