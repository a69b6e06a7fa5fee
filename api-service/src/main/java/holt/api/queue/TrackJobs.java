package holt.api.queue;

import holt.api.queue.index.JobState;
import holt.protocol.JobId;
import holt.protocol.Outcome;
import org.jspecify.annotations.Nullable;

/** Jobs by their id, whichever instance took them. */
public interface TrackJobs {
    /**
     * What is known of the job; null if there is, or is remembered, none.
     *
     * @throws holt.api.RequestRejectedException {@code OVERLOADED} while the jobs of the time before this instance's start are still read
     */
    @Nullable JobState find(JobId job);

    /**
     * How an ended job ended. May wait for the broker and the object store.
     *
     * @throws holt.api.RequestRejectedException if the job has no outcome, or neither broker nor store can give it now
     */
    Outcome outcome(JobId job);

    /**
     * Sees to it that the job never starts, or stops.
     *
     * @throws holt.api.RequestRejectedException {@code JOB_NOT_FOUND} or {@code JOB_FINISHED}
     */
    void cancel(JobId job);
}
