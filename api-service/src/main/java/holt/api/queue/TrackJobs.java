package holt.api.queue;

import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobPage;
import holt.api.queue.index.JobResult;
import holt.api.queue.index.JobState;
import holt.api.queue.index.ListPlace;
import holt.protocol.JobId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Jobs by their id, whichever instance accepted them. */
public interface TrackJobs {
    /**
     * The job as it is now; null if no such job is remembered.
     *
     * @throws holt.api.RequestRejectedException {@code OVERLOADED} while this instance still reads the jobs from before its start; {@code
     *     RESULT_EXPIRED} if the job's time is over
     */
    @Nullable JobState find(JobId job);

    /**
     * How an ended job ended. May wait for the broker and the object store.
     *
     * @throws holt.api.RequestRejectedException {@code JOB_NOT_FOUND} if the job has no outcome; {@code RESULT_EXPIRED} if it is
     *     gone; {@code OVERLOADED} if the broker does not give it now
     */
    JobResult result(JobId job);

    /**
     * Cancels the job: it never starts, or it stops.
     *
     * @throws holt.api.RequestRejectedException {@code JOB_NOT_FOUND} or {@code JOB_FINISHED}
     */
    void cancel(JobId job);

    /**
     * The jobs that pass and have not ended, as far as this instance knows them. Other instances can have more that wait inside them.
     *
     * @throws holt.api.RequestRejectedException {@code OVERLOADED} while this instance still reads the jobs from before its start
     */
    Set<JobId> open(JobFilter filter);

    /**
     * The newest jobs that pass. A job is in it once it is in its queue.
     *
     * @param after begins behind this place; null for the newest
     * @param most jobs of the page
     * @throws holt.api.RequestRejectedException {@code OVERLOADED} while this instance still reads the jobs from before its start
     */
    JobPage list(JobFilter filter, @Nullable ListPlace after, int most);
}
