package holt.api.queue.placement;

import holt.api.RequestRejectedException;
import holt.api.queue.publish.BrokerHealth;
import holt.protocol.Failure;
import holt.protocol.ModelName;
import java.time.Duration;

/** Pauses placement while the broker is away, refuses new jobs meanwhile, and resumes when it answers. Runs each second. */
public final class WatchBroker implements Runnable {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final PlaceJobs place;
    private final PrepareQueues prepare;
    private final BrokerHealth health;

    public WatchBroker(PlaceJobs place, PrepareQueues prepare, BrokerHealth health) {
        this.place = place;
        this.prepare = prepare;
        this.health = health;
    }

    /**
     * Comes before each job. May block before the first job of a queue.
     *
     * @throws RequestRejectedException {@code OVERLOADED} if the broker is away
     */
    public void requireQueue(ModelName model) {
        if (place.isPaused() || health.isSilent()) {
            throw new RequestRejectedException(
                    Failure.OVERLOADED,
                    "the queue's broker does not answer; try again later",
                    null,
                    RETRY_AFTER);
        }
        prepare.ensure(model);
    }

    @Override
    public void run() {
        if (health.isSilent()) {
            place.pause();
        } else if (!place.isPaused()) {
            place.refill();
        } else if (health.hasRecovered()) {
            place.resume();
        }
    }
}
