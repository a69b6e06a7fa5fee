package holt.worker;

import holt.engine.NativeRuntime;
import holt.kafka.BrokerClock;
import holt.kafka.EnsureTopics;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaConfiguration;
import holt.kafka.QueueSettings;
import holt.store.ClaimCheck;
import holt.store.ObjectStore;
import holt.store.PictureKeys;
import holt.store.StoreConfiguration;
import holt.worker.run.ImageRunner;
import holt.worker.run.ImageSettings;
import holt.worker.run.ModelRunner;
import java.nio.file.Path;
import java.util.List;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The worker process. Its models are loaded while the context starts; closing the context drains it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties({WorkerSettings.class, ImageSettings.class, ModelFolders.class})
@Import({KafkaConfiguration.class, StoreConfiguration.class})
public class WorkerApplication {
    /** Keeps Spring from taking the list for a collection of beans. */
    record Runners(List<ModelRunner> loaded) {}

    @Bean
    Runners runners(
            WorkerSettings settings,
            ImageSettings images,
            ModelFolders folders,
            ImageRunner.Store store,
            @Value("${holt.data.directory:data}") Path data) {
        NativeRuntime.prepare(data.resolve("native"));
        return new Runners(new LoadModels(settings, images, folders, store).load());
    }

    @Bean
    ServeUntilDrained worker(
            WorkerSettings settings,
            Runners runners,
            ServeUntilDrained.Broker broker,
            ObjectStore objects) {
        return new ServeUntilDrained(settings, runners.loaded(), broker, objects);
    }

    @Bean
    ImageRunner.Store imageStore(ClaimCheck claims, BrokerClock clock) {
        return new ImageRunner.Store(claims, new PictureKeys(clock));
    }

    @Bean
    ServeUntilDrained.Broker broker(
            KafkaClients clients, QueueSettings queues, EnsureTopics topics, BrokerClock clock) {
        return new ServeUntilDrained.Broker(clients, queues, topics, clock);
    }
}
