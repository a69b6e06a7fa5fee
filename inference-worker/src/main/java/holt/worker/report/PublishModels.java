package holt.worker.report;

import holt.kafka.Publisher;
import holt.kafka.Topics;
import holt.protocol.Codec;
import holt.protocol.KnownModel;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes the served models to the compacted {@code holt.settings}, from which an API instance that starts learns them. */
final class PublishModels {
    private static final Logger LOG = LoggerFactory.getLogger(PublishModels.class);

    private final Publisher publisher;

    PublishModels(Publisher publisher) {
        this.publisher = publisher;
    }

    void publish(KnownModel model) {
        String name = model.name().value();
        var _ =
                publisher
                        .send(
                                new ProducerRecord<>(
                                        Topics.SETTINGS,
                                        KnownModel.key(model.name()),
                                        Codec.encode(model)))
                        .exceptionally(failure -> {
                            LOG.atWarn()
                                    .addKeyValue("model", name)
                                    .addKeyValue("reason", failure.getMessage())
                                    .log(
                                            "a model was not announced; the next try follows in a minute");
                            return null;
                        });
    }
}
