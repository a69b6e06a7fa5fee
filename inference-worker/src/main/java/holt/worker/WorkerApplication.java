package holt.worker;

import holt.engine.NativeRuntime;
import holt.kafka.BrokerClock;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaConfiguration;
import holt.kafka.QueueSettings;
import holt.store.ClaimCheck;
import holt.store.MeasuredObjectStore;
import holt.store.PictureKeys;
import holt.store.StoreConfiguration;
import holt.worker.management.ManagementServer;
import holt.worker.management.ManagementSettings;
import holt.worker.models.ImageSettings;
import holt.worker.models.ModelRunner;
import holt.worker.remote.process.EngineProcesses;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** The worker process. It loads its models while the context starts. Closing the context drains it. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableConfigurationProperties({
    WorkerSettings.class,
    RemoteSettings.class,
    ImageSettings.class,
    ModelFolders.class,
    ManagementSettings.class
})
@Import({KafkaConfiguration.class, StoreConfiguration.class})
public class WorkerApplication {
    /** One bean. Spring would take a plain list for a collection of beans. */
    record LoadedModels(List<ModelRunner> runners) {}

    @Bean
    LoadModels loadModels(
            WorkerSettings settings,
            RemoteSettings remote,
            ImageSettings images,
            ModelFolders folders,
            ClaimCheck claims,
            PictureKeys keys) {
        return new LoadModels(settings, remote, images, folders, claims, keys);
    }

    @Bean
    LoadedModels loadedModels(LoadModels load, @Value("${holt.data.directory:data}") Path data) {
        if (load.loadsAny()) {
            NativeRuntime.prepare(data.resolve("native"));
        }
        return new LoadedModels(load.load());
    }

    /** Closed after the worker. */
    @Bean
    EngineProcesses engineProcesses(
            RemoteSettings remote, @Value("${holt.data.directory:data}") Path data) {
        return EngineProcesses.start(remote.engines(), data.resolve("engines"));
    }

    /** Open before the worker claims jobs, and until it has drained. */
    @Bean
    ManagementServer managementServer(ManagementSettings settings) {
        return new ManagementServer(settings);
    }

    @Bean
    ServeUntilDrained worker(
            WorkerSettings settings,
            EngineProcesses engines,
            LoadedModels models,
            KafkaClients clients,
            QueueSettings queues,
            BrokerClock clock,
            MeasuredObjectStore objects,
            ManagementServer management) {
        var worker =
                new ServeUntilDrained(
                        settings,
                        models.runners(),
                        engines.engines(),
                        clients,
                        queues,
                        clock,
                        objects);
        management.show(
                Stream.concat(worker.counters().stream(), objects.collectors().stream()).toList(),
                Stream.concat(worker.gauges().stream(), Stream.of(clients.metrics())).toList(),
                worker::unreadyBecause);
        return worker;
    }
}
