package holt.kafka;

import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.util.Collection;
import java.util.Map;

/**
 * What the broker holds of a model.
 *
 * @param waiting jobs that wait or run, by queue topic. A share group has the topic's name
 * @param known whether {@code holt.settings} names the model
 * @param workers that serve it now
 */
public record ModelTraces(
        ModelName model, Map<String, Long> waiting, boolean known, Collection<WorkerId> workers) {
    /** How many jobs wait or run in all queues. */
    public long allWaiting() {
        return waiting.values().stream().mapToLong(Long::longValue).sum();
    }

    public boolean isEmpty() {
        return waiting.isEmpty() && !known;
    }
}
