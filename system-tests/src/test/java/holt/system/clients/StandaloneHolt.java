package holt.system.clients;

import static holt.kafka.TestTopics.TOPICS;

import holt.engine.Fixtures;
import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.system.rig.HoltUp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** The process of {@code holt up}, with the built-in models, {@link EndlessModel}, {@link ScriptedModel}, and tiny models for images and embeddings with random weights. */
final class StandaloneHolt implements AutoCloseable {
    static final String MODEL = "holt-chat";
    static final String PAINTER = "sd1";
    static final String EMBEDDER = "bert";
    static final List<String> MODELS =
            List.of(MODEL, "holt-image", EndlessModel.NAME, ScriptedModel.NAME, PAINTER, EMBEDDER);

    private final Path directory;
    private final HoltUp holt;
    private final FollowTopic events;
    private final Set<JobId> ended = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<JobEvent.Finished> endlessEnds = new LinkedBlockingQueue<>();

    private StandaloneHolt(Path directory, HoltUp holt) throws IOException {
        this.directory = directory;
        this.holt = holt;
        events =
                FollowTopic.messages(
                        kafka(holt.data()),
                        TOPICS.events(),
                        new FollowTopic.From.Beginning(),
                        JobEvent.class,
                        (event, _) -> apply(event));
    }

    /** Returns when it lists all models. */
    static StandaloneHolt start() throws IOException {
        Path directory = Files.createTempDirectory("holt-clients-");
        Path models = directory.resolve("models");
        Path chat = HoltUp.home().resolve("models").resolve(MODEL);
        EndlessModel.write(chat, models);
        ScriptedModel.write(chat, models);
        Fixtures.imageModel(PAINTER, models);
        Fixtures.embeddingModel(EMBEDDER, models);
        // No test looks at what its pictures show.
        Map<String, String> settings = Map.of("HOLT_WORKER_IMAGES_STEPS", "3");
        return new StandaloneHolt(directory, HoltUp.start("clients-holt", directory, settings));
    }

    /** The base URL of the SDKs. */
    String baseUrl() {
        return holt.url() + "/v1";
    }

    /** Waits for the next end of a job of {@link EndlessModel}. */
    JobEvent.Finished nextEndOfEndless() throws InterruptedException {
        JobEvent.Finished end = endlessEnds.poll(30, TimeUnit.SECONDS);
        if (end == null) {
            throw new AssertionError("no job of " + EndlessModel.NAME + " ended");
        }
        return end;
    }

    @Override
    public void close() throws IOException {
        events.close();
        holt.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    /** Only a job's first end counts. */
    private void apply(JobEvent event) {
        if (event instanceof JobEvent.Finished finished
                && finished.model().value().equals(EndlessModel.NAME)
                && ended.add(finished.job())) {
            endlessEnds.add(finished);
        }
    }

    private static KafkaClients kafka(Path data) throws IOException {
        var ports = new Properties();
        try (var reader = Files.newBufferedReader(data.resolve("ports.properties"))) {
            ports.load(reader);
        }
        return new KafkaClients(
                new KafkaSettings(
                        "127.0.0.1:" + ports.getProperty("kafka"),
                        (short) 1,
                        KafkaSettings.TopicChanges.CREATE,
                        "holt.",
                        Duration.ofSeconds(2),
                        Map.of()));
    }
}
