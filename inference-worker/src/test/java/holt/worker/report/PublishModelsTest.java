package holt.worker.report;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.RecordingPublisher;
import holt.protocol.KnownModel;
import holt.worker.TestJobs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PublishModelsTest {
    private static final KnownModel MODEL = TestJobs.CHAT_MODEL;
    private static final KnownModel CHANGED =
            new KnownModel(MODEL.name(), MODEL.kind(), "changed", Instant.EPOCH, 64, 8);

    private final RecordingPublisher publisher = new RecordingPublisher();
    private long now;
    private final PublishModels publish = new PublishModels(publisher, () -> now);

    @Test
    void aModelStandsUnderItsName() {
        publish.publish(List.of(MODEL));

        assertThat(written()).containsExactly(MODEL);
        assertThat(publisher.sent(TOPICS.settings()))
                .extracting(ProducerRecord::key)
                .containsExactly("model/" + MODEL.name().value());
    }

    @Test
    @DisplayName("R31: a worker writes a model at its start, when it changes, and each hour")
    void writesAModelWhenItIsNewOrHasChangedAndEachHour() {
        publish.publish(List.of(MODEL));
        now += Duration.ofMinutes(59).toNanos();
        publish.publish(List.of(MODEL));
        assertThat(written()).hasSize(1);

        publish.publish(List.of(CHANGED));
        assertThat(written()).containsExactly(MODEL, CHANGED);

        now += Duration.ofHours(1).toNanos();
        publish.publish(List.of(CHANGED));
        assertThat(written()).containsExactly(MODEL, CHANGED, CHANGED);
    }

    @Test
    void aWriteThatFailedIsMadeTheNextTime() {
        publisher.fail(new KafkaException("away"));
        publish.publish(List.of(MODEL));
        publisher.fail(null);

        publish.publish(List.of(MODEL));

        assertThat(written()).containsExactly(MODEL);
    }

    private Iterable<KnownModel> written() {
        return publisher.messages(TOPICS.settings(), KnownModel.class);
    }
}
