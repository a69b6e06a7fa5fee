package holt.api.queue.placement;

import holt.api.queue.publish.Breaker;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The line and the window of one model, and since when its queue is in trouble. Not thread-safe: {@code PlaceJobs} guards it with its lock. */
final class ModelQueue {
    final Line line = new Line();
    final Window window = new Window();

    /** Of the queue topic. */
    final Breaker breaker;

    private @Nullable Instant troubleSince;

    ModelQueue(Breaker breaker) {
        this.breaker = breaker;
    }

    /** @return whether that is news */
    boolean troubled(boolean trouble, Instant now) {
        boolean was = troubleSince != null;
        if (trouble && !was) {
            troubleSince = now;
        } else if (!trouble) {
            troubleSince = null;
        }
        return trouble != was;
    }

    /** Whether the present trouble has begun by then. */
    boolean isTroubledSince(Instant time) {
        return troubleSince != null && !troubleSince.isAfter(time);
    }
}
