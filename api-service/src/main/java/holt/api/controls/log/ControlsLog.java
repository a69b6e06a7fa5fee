package holt.api.controls.log;

import holt.api.controls.Control;
import holt.api.controls.ReadControls;
import holt.api.controls.WriteControls;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.SendHeartbeats;
import holt.protocol.Codec;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps operators' orders in {@code holt.controls}. */
@Configuration(proxyBeanMethods = false)
class ControlsLog {

    /** The heartbeats start once the topics exist. No request comes before the orders are known. */
    @Bean
    FollowTopic controls(
            KafkaClients clients,
            List<ReadControls> readers,
            ReadUpTo obeyed,
            SendHeartbeats heart) {
        return FollowTopic.messages(
                        clients,
                        clients.topics().controls(),
                        new FollowTopic.From.Beginning(),
                        Control.class,
                        (control, record) -> {
                            readers.forEach(reader -> reader.apply(control));
                            obeyed.read(record.offset());
                        })
                .awaitCaughtUp();
    }

    @Bean
    ReadUpTo obeyedControls() {
        return new ReadUpTo();
    }

    @Bean
    WriteControls writeControls(Publisher orderPublisher, ReadUpTo obeyed) {
        return control ->
                orderPublisher
                        .send(
                                new ProducerRecord<>(
                                        orderPublisher.topics().controls(),
                                        control.key(),
                                        Codec.encode(control)))
                        .thenCompose(written -> obeyed.whenRead(written.offset()));
    }
}
