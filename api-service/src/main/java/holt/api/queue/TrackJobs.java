package holt.api.queue;

import holt.api.queue.index.JobState;
import holt.protocol.JobId;
import holt.protocol.Outcome;
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
     * The outcome of an ended job. May wait for the broker and the object store.
     *
     * @throws holt.api.RequestRejectedException {@code JOB_NOT_FOUND} if the job has no outcome; {@code RESULT_EXPIRED} if it is
     *     gone; {@code OVERLOADED} if the broker does not give it now
     */
    Outcome outcome(JobId job);

    /**
     * Cancels the job: it never starts, or it stops.
     *
     * @throws holt.api.RequestRejectedException {@code JOB_NOT_FOUND} or {@code JOB_FINISHED}
     */
    void cancel(JobId job);
}
