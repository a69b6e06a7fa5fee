package holt.api.queue;

import holt.api.queue.index.EventPlace;
import holt.api.queue.index.JobIndex;
import holt.api.queue.placement.PlaceJobs;
import holt.api.queue.waiting.DeliverOutcomes;
import holt.protocol.JobEvent;
import java.time.Instant;

/** Gives each event of the log to the index, to placement, and to the clients that wait for an outcome. */
final class FollowEvents {
    /** Behind the end of the log, so many changed jobs are written at once. */
    private static final int MANY = 2_000;

    private final JobIndex index;
    private final PlaceJobs place;
    private final DeliverOutcomes deliver;
    private final AdmitJobs admission;

    FollowEvents(JobIndex index, PlaceJobs place, DeliverOutcomes deliver, AdmitJobs admission) {
        this.index = index;
        this.place = place;
        this.deliver = deliver;
        this.admission = admission;
    }

    /** @param at the broker's time of the event */
    void apply(JobEvent event, EventPlace where, Instant at) {
        admission.apply(event, at);
        try {
            if (index.apply(event, where, at)) {
                place.apply(event);
            }
        } finally {
            // Even if the index fails, the clients get their outcome.
            if (event instanceof JobEvent.Finished finished) {
                deliver.end(finished.job(), finished.outcome());
            }
        }
    }

    /** Comes after each poll, so that the index writes many jobs at once. */
    void polled(long unread) {
        if (unread == 0 || index.uncommitted() >= MANY) {
            index.commit();
        }
    }
}
