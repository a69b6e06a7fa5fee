package holt.api.queue.placement;

import holt.api.queue.publish.Breakers;
import holt.protocol.ModelName;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;

/** Makes the producer know a queue before its first job. Otherwise the first send would block its caller. */
public final class FindQueues {
    private final Consumer<ModelName> find;
    private final Breakers breakers;
    private final Executor threads;
    private final Set<ModelName> found = ConcurrentHashMap.newKeySet();
    private final Set<ModelName> sought = ConcurrentHashMap.newKeySet();

    /**
     * @param find makes the producer know the model's queue; may block; fails with a {@link KafkaException}
     * @param threads for {@code find}
     */
    public FindQueues(Consumer<ModelName> find, Breakers breakers, Executor threads) {
        this.find = find;
        this.breakers = breakers;
        this.threads = threads;
    }

    /**
     * Whether the producer knows the model's queue. If not, this looks for the queue once more. Returns at once.
     *
     * @param whenFound called if the queue is found later
     */
    boolean isFound(ModelName model, Runnable whenFound) {
        if (!found.contains(model) && sought.add(model)) {
            threads.execute(() -> find(model, whenFound));
        }
        return found.contains(model);
    }

    private void find(ModelName model, Runnable whenFound) {
        try {
            find.accept(model);
            found.add(model);
        } catch (KafkaException e) {
            breakers.queue(model).refused(e);
        } finally {
            sought.remove(model);
        }
        if (found.contains(model)) {
            whenFound.run();
        }
    }
}
