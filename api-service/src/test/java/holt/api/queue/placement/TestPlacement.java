package holt.api.queue.placement;

import static holt.kafka.TestTopics.TOPICS;

import holt.api.edge.ManualTimer;
import holt.api.models.LiveWorkers;
import holt.api.queue.publish.Breakers;
import holt.api.queue.publish.HoldRecords;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.Payload;
import holt.protocol.ReplyAddress;
import holt.protocol.StoredObject;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Placement in front of a broker that confirms what a test lets it confirm. */
final class TestPlacement {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Duration CONFIRM_WITHIN = Duration.ofMillis(1500);
    static final Duration HOLD = Duration.ofSeconds(15);
    static final double LEAST_SHARE = 0.05;
    static final ModelName MODEL = new ModelName("m");
    static final long MOST_BYTES = 10_000;

    final ManualTimer timer = new ManualTimer(START);
    final LiveWorkers workers = new LiveWorkers(timer, Duration.ofDays(1));
    final Breakers breakers = new Breakers(TOPICS, timer, CONFIRM_WITHIN);
    final FindQueues find = new FindQueues(_ -> {}, breakers, Runnable::run);
    final Set<ModelName> paused = new HashSet<>();
    final PlaceJobs place =
            new PlaceJobs(
                    workers,
                    timer,
                    find,
                    breakers,
                    HOLD,
                    () -> MOST_BYTES,
                    LEAST_SHARE,
                    paused::contains,
                    () -> {});
    private final Map<JobId, CompletableFuture<Void>> sent = new LinkedHashMap<>();
    private final Map<JobId, ModelName> models = new HashMap<>();
    private final HoldRecords hold =
            new HoldRecords(this::produce, breakers, timer, timer, HOLD, 1_000_000);

    /** From now on the broker confirms each record at once. */
    boolean confirms = true;

    CompletableFuture<Void> add(String id) {
        return add(job(id, Lane.NORMAL));
    }

    CompletableFuture<Void> add(Job job) {
        return place.add(job, this::send);
    }

    CompletableFuture<?> send(Job job) {
        models.put(job.id(), job.model());
        return hold.send(
                new ProducerRecord<>(TOPICS.queue(job.model()), job.id().value(), new byte[0]));
    }

    /** The jobs that went to the broker, in order. */
    List<String> sent() {
        return sent.keySet().stream().map(JobId::value).toList();
    }

    void confirm(String id) {
        sent.get(new JobId(id)).complete(null);
    }

    /** The producer gives the job up. */
    void expire(String id) {
        sent.get(new JobId(id)).completeExceptionally(new TimeoutException("expired"));
    }

    /** The partition of the job's events does not confirm a record in time. */
    void troubleEvents(JobId job) {
        var _ = hold.send(new ProducerRecord<>(TOPICS.events(), job.value(), new byte[0]));
        timer.advance(CONFIRM_WITHIN.plusMillis(1));
    }

    void look() {
        place.look(false);
    }

    /** Time passes, with the look of each second. */
    void pass(Duration time) {
        for (long second = 0; second < time.toSeconds(); second++) {
            timer.advance(Duration.ofSeconds(1));
            look();
        }
    }

    void finish(String id) {
        place.apply(
                new JobEvent.Finished(
                        new JobId(id),
                        models.getOrDefault(new JobId(id), MODEL),
                        Lane.NORMAL,
                        null,
                        new Outcome.Cancelled()));
    }

    void workers(int slots, String... models) {
        var names = models.length == 0 ? Stream.of(MODEL.value()) : Stream.of(models);
        workers.apply(
                new Heartbeat.OfWorker(
                        new WorkerId("w"),
                        Heartbeat.WorkerState.SERVING,
                        names.map(name -> new Heartbeat.Serving(model(name), slots)).toList()),
                timer.instant());
        workers.apply(new Heartbeat.OfApi(new InstanceId("i")), timer.instant());
    }

    static Job job(String id, Lane lane) {
        return job(id, MODEL, lane);
    }

    static Job job(String id, ModelName model, Lane lane) {
        return job(id, model, lane, null);
    }

    static Job job(String id, Lane lane, Job.Origin origin) {
        return job(id, MODEL, lane, origin);
    }

    private static Job job(String id, ModelName model, Lane lane, Job.@Nullable Origin origin) {
        return new Job(
                new JobId(id),
                model,
                lane,
                1,
                START,
                START.plusSeconds(3600),
                new ReplyAddress(0, "e"),
                List.of(),
                null,
                new Payload.Stored(new StoredObject("k", 1, "00")),
                Set.of(),
                origin,
                null,
                null);
    }

    private CompletableFuture<?> produce(ProducerRecord<String, byte[]> record) {
        if (record.topic().equals(TOPICS.events())) {
            return new CompletableFuture<>();
        }
        CompletableFuture<Void> confirmed =
                confirms ? CompletableFuture.completedFuture(null) : new CompletableFuture<>();
        sent.put(new JobId(record.key()), confirmed);
        return confirmed;
    }

    private static KnownModel model(String name) {
        return new KnownModel(new ModelName(name), KnownModel.Kind.CHAT, "", START, 10, 10);
    }
}
