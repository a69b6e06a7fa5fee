package holt.standalone.cli;

import static holt.kafka.TestTopics.TOPICS;
import static org.assertj.core.api.Assertions.assertThat;

import holt.kafka.FollowTopic;
import holt.protocol.Heartbeat;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.standalone.embedded.TestBroker;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkerStartIT {
    @TempDir Path directory;

    /** Whether the model's queues were ready at the moment of the announcement. */
    private final BlockingQueue<Boolean> announced = new LinkedBlockingQueue<>();

    @Test
    @DisplayName(
            "R8: a worker makes its models' queues and groups ready before it announces the models")
    void theQueuesAreThereBeforeTheAnnouncement() throws Exception {
        try (var broker = TestBroker.start(directory);
                Admin admin = broker.clients().admin()) {
            broker.topics().shared();
            try (var _ = settings(broker, admin);
                    var _ = heartbeats(broker, admin);
                    var _ = worker(broker)) {
                // The built-in models, each in the settings and in the first heartbeat.
                for (int i = 0; i < 4; i++) {
                    assertThat(announced.poll(60, TimeUnit.SECONDS)).isTrue();
                }
            }
        }
    }

    private FollowTopic settings(TestBroker broker, Admin admin) {
        return FollowTopic.messages(
                broker.clients(),
                TOPICS.settings(),
                new FollowTopic.From.Beginning(),
                KnownModel.class,
                (model, _) -> announced.add(isReady(admin, model.name())));
    }

    private FollowTopic heartbeats(TestBroker broker, Admin admin) {
        return FollowTopic.messages(
                broker.clients(),
                TOPICS.workers(),
                new FollowTopic.From.Beginning(),
                Heartbeat.class,
                (heartbeat, _) -> {
                    if (heartbeat instanceof Heartbeat.OfWorker worker) {
                        worker.serving()
                                .forEach(serving ->
                                        announced.add(isReady(admin, serving.model().name())));
                    }
                });
    }

    private AutoCloseable worker(TestBroker broker) throws Exception {
        return StartService.startWorker(
                List.of(
                        "--holt.kafka.bootstrap=" + broker.bootstrap(),
                        "--holt.store.access-key=otter",
                        "--holt.store.secret-key=fish"),
                null,
                Path.of("..").toRealPath(),
                directory.resolve("data"));
    }

    private static boolean isReady(Admin admin, ModelName model) {
        String queue = TOPICS.queue(model);
        var group = new ConfigResource(ConfigResource.Type.GROUP, queue);
        try {
            return admin.listTopics().names().get().contains(queue)
                    && admin.describeConfigs(List.of(group))
                            .all()
                            .get()
                            .get(group)
                            .get("share.auto.offset.reset")
                            .value()
                            .equals("earliest");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
