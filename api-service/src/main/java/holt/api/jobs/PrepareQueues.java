package holt.api.jobs;

import holt.api.models.LiveWorkers;
import holt.kafka.Topics;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Learns where the queues of newly served models are before their first jobs come, which would wait for that. */
final class PrepareQueues implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(PrepareQueues.class);

    private final LiveWorkers workers;
    private final PublishJobs publish;
    private final Set<String> prepared = ConcurrentHashMap.newKeySet();

    PrepareQueues(LiveWorkers workers, PublishJobs publish) {
        this.workers = workers;
        this.publish = publish;
        prepare(List.of(Topics.EVENTS));
    }

    @Override
    public void run() {
        List<String> queues =
                workers.served().stream()
                        .map(KnownModel::name)
                        .flatMap(model ->
                                Stream.of(Lane.values()).map(lane -> Topics.queue(model, lane)))
                        .filter(prepared::add)
                        .toList();
        if (!queues.isEmpty()) {
            Thread.startVirtualThread(() -> prepare(queues));
        }
    }

    private void prepare(List<String> topics) {
        try {
            publish.prepare(topics);
        } catch (RuntimeException e) {
            topics.forEach(prepared::remove);
            LOG.atWarn()
                    .addKeyValue("reason", e.getMessage())
                    .log("the broker does not say where the queues are; the next try follows");
        }
    }
}
