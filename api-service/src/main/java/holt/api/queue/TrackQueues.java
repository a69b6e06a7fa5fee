package holt.api.queue;

import holt.protocol.ModelName;

/** What this instance knows of the queues. */
@FunctionalInterface
public interface TrackQueues {
    QueueState of(ModelName model);
}
