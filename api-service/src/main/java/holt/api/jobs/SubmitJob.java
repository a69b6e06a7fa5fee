package holt.api.jobs;

import holt.api.queue.JobQueue;
import holt.api.queue.NewJob;
import holt.api.queue.Ticket;
import holt.api.queue.TrackRates;
import holt.api.queue.waiting.ReplyListener;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Submits a job. The answer gets the job's id, and what its caller may still send. */
@Component
public final class SubmitJob {
    private final JobQueue queue;
    private final JobHeaders headers;
    private final TrackRates rates;

    SubmitJob(JobQueue queue, JobHeaders headers, TrackRates rates) {
        this.queue = queue;
        this.headers = headers;
        this.rates = rates;
    }

    /**
     * See {@link JobQueue#submit}. A refusal has the headers of the rates, too.
     *
     * @param client null if nobody waits
     */
    public Ticket submit(NewJob job, @Nullable ReplyListener client, HttpServletResponse response) {
        try {
            Ticket ticket = queue.submit(job, client);
            headers.write(response, ticket.id(), job.model().name());
            return ticket;
        } finally {
            RateHeaders.write(rates.of(job.caller()), response);
        }
    }
}
