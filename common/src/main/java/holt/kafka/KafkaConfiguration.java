package holt.kafka;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Kafka beans of every process, from {@code holt.kafka.*} and {@code holt.queue.*}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({KafkaSettings.class, QueueSettings.class})
public class KafkaConfiguration {
    @Bean
    KafkaClients kafkaClients(KafkaSettings settings) {
        return new KafkaClients(settings);
    }

    @Bean
    EnsureTopics ensureTopics(KafkaClients clients, QueueSettings queues) {
        return new EnsureTopics(clients, queues);
    }

    @Bean
    BrokerClock brokerClock() {
        return new BrokerClock();
    }
}
