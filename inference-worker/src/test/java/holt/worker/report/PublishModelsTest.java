package holt.worker.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import holt.kafka.RecordingPublisher;
import holt.kafka.Topics;
import holt.protocol.KnownModel;
import holt.worker.TestJobs;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class PublishModelsTest {
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final PublishModels publish = new PublishModels(publisher);

    @Test
    void aModelStandsUnderItsName() {
        publish.publish(TestJobs.IMAGE_MODEL);

        assertThat(publisher.messages(Topics.SETTINGS, KnownModel.class))
                .containsExactly(TestJobs.IMAGE_MODEL);
        assertThat(publisher.sent(Topics.SETTINGS))
                .extracting(ProducerRecord::key)
                .containsExactly("model/m");
    }

    @Test
    void aFailureWaitsForTheNextTime() {
        publisher.fail(new KafkaException("away"));

        assertThatCode(() -> publish.publish(TestJobs.CHAT_MODEL)).doesNotThrowAnyException();
    }
}
