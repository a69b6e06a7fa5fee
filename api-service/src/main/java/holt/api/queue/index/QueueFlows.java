package holt.api.queue.index;

import holt.protocol.Lane;
import holt.protocol.ModelName;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The flow of each queue, by model and lane. Not thread-safe: the index guards it with its lock. */
final class QueueFlows {
    private static final String NOTE = "flow/";

    private final Map<QueueName, QueueFlow> flows = new HashMap<>();
    private final Set<QueueName> changed = new HashSet<>();

    private record QueueName(ModelName model, Lane lane) {
        private String note() {
            return NOTE + lane.name() + "/" + model.value();
        }

        private static QueueName of(String note) {
            String[] parts = note.split("/", 3);
            return new QueueName(new ModelName(parts[2]), Lane.valueOf(parts[1]));
        }
    }

    /** Goes on from the notes of a store. */
    void load(Map<String, byte[]> notes) {
        notes.forEach((name, flow) -> {
            if (name.startsWith(NOTE)) {
                flows.put(QueueName.of(name), QueueFlow.decode(flow));
            }
        });
    }

    QueueFlow of(ModelName model, Lane lane) {
        return flows.computeIfAbsent(new QueueName(model, lane), _ -> new QueueFlow());
    }

    /** How many jobs of the model wait, in all lanes. */
    long queued(ModelName model) {
        return Arrays.stream(Lane.values()).mapToLong(lane -> waiting(model, lane)).sum();
    }

    /**
     * What waits in each queue that has had a job.
     *
     * @param open the jobs that have not ended
     */
    List<QueueLoad> loads(Collection<KnownJob> open, Instant now) {
        var oldest = new HashMap<QueueName, Instant>();
        open.stream()
                .filter(job -> !job.leftQueue)
                .forEach(job ->
                        oldest.merge(
                                new QueueName(job.model, job.lane),
                                job.created,
                                (one, other) -> one.isBefore(other) ? one : other));
        return flows.entrySet().stream()
                .map(flow ->
                        new QueueLoad(
                                flow.getKey().model,
                                flow.getKey().lane,
                                flow.getValue().waiting(),
                                oldest.get(flow.getKey()),
                                flow.getValue().drainRate(now)))
                .toList();
    }

    private long waiting(ModelName model, Lane lane) {
        QueueFlow flow = flows.get(new QueueName(model, lane));
        return flow == null ? 0 : flow.waiting();
    }

    /** The same, for a change of the flow. */
    QueueFlow change(ModelName model, Lane lane) {
        changed.add(new QueueName(model, lane));
        return of(model, lane);
    }

    /** What has changed since the last call, as notes for a store. */
    Map<String, byte[]> takeChanges() {
        Map<String, byte[]> notes =
                changed.stream()
                        .collect(
                                Collectors.toMap(
                                        QueueName::note,
                                        queue -> of(queue.model, queue.lane).encode()));
        changed.clear();
        return notes;
    }
}
