package holt.api.keys.log;

import holt.api.keys.AccessKey;
import holt.api.keys.KeyRing;
import holt.api.keys.NeedsKeys;
import holt.api.keys.NoKeysException;
import holt.api.keys.WriteKeys;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.Publisher;
import holt.kafka.SendHeartbeats;
import holt.protocol.Codec;
import java.time.InstantSource;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Keeps keys in {@code holt.keys}. */
@Configuration(proxyBeanMethods = false)
class KeysLog {

    /** The heartbeats start once the topics exist. */
    @Bean
    FollowTopic keys(KafkaClients clients, KeyRing ring, SendHeartbeats heart) {
        return FollowTopic.messages(
                        clients,
                        clients.topics().keys(),
                        new FollowTopic.From.Beginning(),
                        AccessKey.class,
                        (key, _) -> ring.written(key))
                .awaitCaughtUp();
    }

    @Bean
    WriteKeys writeKeys(Publisher orderPublisher) {
        return key ->
                orderPublisher.send(
                        new ProducerRecord<>(
                                orderPublisher.topics().keys(), key.id(), Codec.encode(key)));
    }

    /** Before the web server starts. */
    @Bean
    SmartInitializingSingleton refuseToStartOpen(KeyRing ring, NeedsKeys needs, FollowTopic keys) {
        return () -> {
            if (needs.required()
                    && !needs.hasAdminKey()
                    && !ring.hasValid(InstantSource.system().instant())) {
                throw new NoKeysException();
            }
        };
    }
}
