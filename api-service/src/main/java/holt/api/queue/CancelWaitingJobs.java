package holt.api.queue;

import holt.api.controls.Control;
import holt.api.controls.ReadControls;
import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobStatus;
import holt.api.queue.placement.PlaceJobs;
import holt.protocol.Job;
import holt.protocol.JobId;

/** Drops the jobs that wait inside this instance, if an operator wants it. */
final class CancelWaitingJobs implements ReadControls {
    private final PlaceJobs place;
    private final RegisterClients clients;

    CancelWaitingJobs(PlaceJobs place, RegisterClients clients) {
        this.place = place;
        this.clients = clients;
    }

    @Override
    public void apply(Control control) {
        switch (control) {
            case Control.CancelWaiting order ->
                    place.waiting(job -> matches(job, order)).forEach(this::withdraw);
            case Control.Pause _, Control.Resume _ -> {}
        }
    }

    private void withdraw(JobId id) {
        clients.withdraw(id);
    }

    private static boolean matches(Job job, Control.CancelWaiting order) {
        return new JobFilter(order.caller(), order.model(), null, null, order.from(), order.until())
                .passes(job.caller(), job.model(), JobStatus.QUEUED, job.created());
    }
}
