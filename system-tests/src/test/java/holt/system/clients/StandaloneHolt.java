package holt.system.clients;

import holt.kafka.FollowTopic;
import holt.kafka.KafkaClients;
import holt.kafka.KafkaSettings;
import holt.kafka.Topics;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.standalone.Holt;
import holt.system.rig.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.springframework.util.FileSystemUtils;

/** {@code holt up} as a process of its own, with the built-in model and {@link EndlessModel}. */
final class StandaloneHolt implements AutoCloseable {
    static final String MODEL = "holt-chat";

    private static final String READY = "Holt is ready on ";

    private final Path directory;
    private final ChildJvm process;
    private final FollowTopic events;
    private final Set<JobId> ended = ConcurrentHashMap.newKeySet();
    private final BlockingQueue<JobEvent.Finished> endlessEnds = new LinkedBlockingQueue<>();

    private StandaloneHolt(Path directory, ChildJvm process) throws IOException {
        this.directory = directory;
        this.process = process;
        events =
                FollowTopic.messages(
                        kafka(directory.resolve("data")),
                        Topics.EVENTS,
                        new FollowTopic.From.Beginning(),
                        JobEvent.class,
                        (event, _) -> apply(event));
    }

    /** Returns once both models are listed. */
    static StandaloneHolt start() throws IOException {
        Path home = Path.of("..").toRealPath();
        Path directory = Files.createTempDirectory("holt-clients-");
        Path models = directory.resolve("models");
        EndlessModel.write(home.resolve("models").resolve(MODEL), models);
        Path data = Files.createDirectory(directory.resolve("data"));
        shareNativeLibraries(data);
        ChildJvm process =
                ChildJvm.start(
                        "clients-holt",
                        Holt.class,
                        READY,
                        Map.of("JAVA_TOOL_OPTIONS", "-Dholt.home=" + home),
                        "up",
                        "--port",
                        "0",
                        "--data",
                        data.toString(),
                        "--models",
                        models.toString());
        return new StandaloneHolt(directory, process);
    }

    /** Where the SDKs are pointed at. */
    String baseUrl() {
        return process.said(READY) + "/v1";
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
        process.close();
        FileSystemUtils.deleteRecursively(directory);
    }

    /** A job's first end counts. */
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
                        Duration.ofSeconds(2),
                        Map.of()));
    }

    /** Unpacked once for all test runs: half a gigabyte. */
    private static void shareNativeLibraries(Path data) throws IOException {
        Path shared =
                Path.of(
                        System.getProperty("java.io.tmpdir"),
                        "holt-native-" + System.getProperty("user.name"));
        Files.createSymbolicLink(data.resolve("native"), Files.createDirectories(shared));
    }
}
