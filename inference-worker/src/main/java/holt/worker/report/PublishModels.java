package holt.worker.report;

import holt.kafka.Publisher;
import holt.protocol.Codec;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the served models to the compacted {@code holt.settings}, from which an API instance that starts learns them. It writes a model
 * when it is new or has changed, and again each hour.
 */
final class PublishModels {
    private static final Logger LOG = LoggerFactory.getLogger(PublishModels.class);

    private final Publisher publisher;
    private final LongSupplier nanoTime;
    private final ConcurrentHashMap<ModelName, Written> written = new ConcurrentHashMap<>();

    private record Written(KnownModel model, long at) {}

    /** @param nanoTime a monotonic time in nanoseconds */
    PublishModels(Publisher publisher, LongSupplier nanoTime) {
        this.publisher = publisher;
        this.nanoTime = nanoTime;
    }

    /** Writes those models that are due. A failed write is due again at the next call. */
    void publish(Collection<KnownModel> models) {
        models.stream().filter(this::isDue).forEach(this::write);
    }

    private boolean isDue(KnownModel model) {
        Written last = written.get(model.name());
        return last == null
                || !last.model.equals(model)
                || nanoTime.getAsLong() - last.at >= KnownModel.WRITTEN_EVERY.toNanos();
    }

    private void write(KnownModel model) {
        String name = model.name().value();
        written.put(model.name(), new Written(model, nanoTime.getAsLong()));
        var _ =
                publisher
                        .send(
                                new ProducerRecord<>(
                                        publisher.topics().settings(),
                                        KnownModel.key(model.name()),
                                        Codec.encode(model)))
                        .exceptionally(failure -> {
                            written.remove(model.name());
                            LOG.atWarn()
                                    .addKeyValue("model", name)
                                    .addKeyValue("reason", failure.getMessage())
                                    .log(
                                            "a model was not announced; the next try follows in a minute");
                            return null;
                        });
    }
}
