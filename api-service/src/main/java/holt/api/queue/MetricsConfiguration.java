package holt.api.queue;

import holt.api.controls.PausedModels;
import holt.api.models.ModelCatalog;
import holt.api.queue.index.JobIndex;
import holt.api.queue.publish.Breakers;
import holt.kafka.BrokerClock;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.MeasureFollowers;
import holt.store.MeasuredObjectStore;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Shows on {@code /metrics} what the queue knows. */
@Configuration(proxyBeanMethods = false)
class MetricsConfiguration {
    @Bean
    MeasureQueues measureQueues(
            JobIndex index,
            TrackQueues queues,
            ModelCatalog catalog,
            PausedModels paused,
            Breakers breakers,
            BrokerClock clock,
            PrometheusRegistry registry) {
        var measure = new MeasureQueues(index, queues, catalog, paused, breakers, clock);
        registry.register(measure);
        return measure;
    }

    @Bean
    MeasureFollowers measureFollowers(
            List<FollowTopic> followers,
            KafkaClients clients,
            MeasuredObjectStore store,
            PrometheusRegistry registry) {
        var measure = new MeasureFollowers(followers);
        registry.register(measure);
        registry.register(clients.metrics());
        store.collectors().forEach(registry::register);
        return measure;
    }
}
