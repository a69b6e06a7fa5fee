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
    FollowTopic controls(KafkaClients clients, List<ReadControls> readers, SendHeartbeats heart) {
        return FollowTopic.messages(
                        clients,
                        clients.topics().controls(),
                        new FollowTopic.From.Beginning(),
                        Control.class,
                        (control, _) -> readers.forEach(reader -> reader.apply(control)))
                .awaitCaughtUp();
    }

    @Bean
    WriteControls writeControls(Publisher orderPublisher) {
        return control ->
                orderPublisher.send(
                        new ProducerRecord<>(
                                orderPublisher.topics().controls(),
                                control.key(),
                                Codec.encode(control)));
    }
}
