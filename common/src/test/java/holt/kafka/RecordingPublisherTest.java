package holt.kafka;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Codec;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.Test;

class RecordingPublisherTest extends PublisherContract {
    private final RecordingPublisher publisher = new RecordingPublisher();
    private final KafkaException failure = new KafkaException("out of reach");

    @Override
    protected Publisher publisher(String topic, int partitions) {
        return publisher.withTopic(topic, partitions);
    }

    @Override
    protected Publisher publisherWithout(String topic) {
        return publisher.withoutTopic(topic);
    }

    @Test
    void keepsWhatWasSentByTopic() {
        var heartbeat = new Heartbeat.ApiGone(new InstanceId("a"));
        var _ = publisher.send(new ProducerRecord<>(TOPICS.workers(), Codec.encode(heartbeat)));
        var _ = publisher.send(record("other"));

        assertThat(publisher.sent()).hasSize(2);
        assertThat(publisher.messages(TOPICS.workers(), Heartbeat.class))
                .containsExactly(heartbeat);
    }

    @Test
    void holdsConfirmationsUntilItIsToldToGiveThem() {
        publisher.hold();
        var first = publisher.send(record("topic"));
        var second = publisher.send(record("topic"));
        assertThat(first).isNotDone();
        assertThat(publisher.sent("topic")).hasSize(2);

        publisher.confirm();

        assertThat(first).isCompletedWithValueMatching(metadata -> metadata.offset() == 0);
        assertThat(second).isCompletedWithValueMatching(metadata -> metadata.offset() == 1);
        assertThat(publisher.send(record("topic"))).isCompleted();
    }

    @Test
    void failsHeldSendsAndLaterOnes() {
        publisher.hold();
        var held = publisher.send(record("topic"));
        publisher.failHeld(failure);
        assertThat(held.exceptionNow()).isSameAs(failure);

        publisher.confirm();
        publisher.fail(failure);
        assertThat(publisher.send(record("topic")).exceptionNow()).isSameAs(failure);

        publisher.fail(null);
        assertThat(publisher.send(record("topic"))).isCompleted();
    }

    @Test
    void whatIsHeldFailsWhenItCloses() {
        publisher.hold();
        var held = publisher.send(record("topic"));

        publisher.close();

        assertThat(held).isCompletedExceptionally();
        assertThat(publisher.isClosed()).isTrue();
    }

    private static ProducerRecord<String, byte[]> record(String topic) {
        return new ProducerRecord<>(topic, new byte[] {1});
    }
}
