package holt.api.models;

import holt.kafka.BrokerClock;
import holt.protocol.Heartbeat;
import holt.protocol.InstanceId;
import holt.protocol.JobId;
import holt.protocol.KnownModel;
import holt.protocol.ModelName;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The live workers and API instances, by their heartbeats on {@code holt.workers}. After a restart of this process, a worker counts as live
 * from its next heartbeat on.
 */
public final class LiveWorkers implements ReadHeartbeats, TrackWorkers, LiveEngines {
    private final InstantSource clock;
    private final Duration deadAfter;
    private final ConcurrentHashMap<WorkerId, Beat<Heartbeat.OfWorker>> workers =
            new ConcurrentHashMap<>();
    private final ConcurrentHashMap<InstanceId, Beat<Heartbeat.OfApi>> instances =
            new ConcurrentHashMap<>();

    /** Of all workers that take new jobs. Counted anew only when a heartbeat changes it, since each job asks for it. */
    private volatile Map<ModelName, Integer> slots = Map.of();

    private volatile Instant heard = Instant.MIN;

    private record Beat<T>(T heartbeat, Instant at) {}

    /**
     * @param clock the broker's; see {@link BrokerClock}
     * @param deadAfter how long without a heartbeat
     */
    public LiveWorkers(InstantSource clock, Duration deadAfter) {
        this.clock = clock;
        this.deadAfter = deadAfter;
    }

    @Override
    public void apply(Heartbeat heartbeat, Instant at) {
        boolean changed = false;
        switch (heartbeat) {
            case Heartbeat.OfWorker worker -> {
                Beat<Heartbeat.OfWorker> before =
                        workers.put(worker.worker(), new Beat<>(worker, at));
                changed = before == null || !slots(before.heartbeat).equals(slots(worker));
            }
            case Heartbeat.OfApi api -> instances.put(api.instance(), new Beat<>(api, at));
            case Heartbeat.WorkerGone(WorkerId worker) -> changed = workers.remove(worker) != null;
            case Heartbeat.ApiGone(InstanceId instance) -> instances.remove(instance);
        }
        Instant dead = at.minus(deadAfter);
        changed |= workers.values().removeIf(beat -> beat.at.isBefore(dead));
        instances.values().removeIf(beat -> beat.at.isBefore(dead));
        heard = at;
        if (changed) {
            slots =
                    workers.values().stream()
                            .flatMap(beat -> slots(beat.heartbeat).entrySet().stream())
                            .collect(
                                    Collectors.toUnmodifiableMap(
                                            Map.Entry::getKey, Map.Entry::getValue, Integer::sum));
        }
    }

    @Override
    public List<LiveWorker> workers() {
        Instant dead = clock.instant().minus(deadAfter);
        return workers.values().stream()
                .filter(beat -> !beat.at.isBefore(dead))
                .map(beat -> new LiveWorker(beat.heartbeat, beat.at))
                .sorted(Comparator.comparing(worker -> worker.heartbeat().worker().value()))
                .toList();
    }

    /** The slots of all live workers that take new jobs. */
    public int slots(ModelName model) {
        boolean allSilent = heard.isBefore(clock.instant().minus(deadAfter));
        return allSilent ? 0 : slots.getOrDefault(model, 0);
    }

    /** The models for which a live worker takes jobs, one row for each worker. */
    public List<KnownModel> served() {
        return serving().map(Heartbeat.Serving::model).toList();
    }

    @Override
    public List<LiveEngines.OfWorker> engines() {
        return live(workers.values())
                .flatMap(worker ->
                        worker.engines().stream()
                                .map(engine -> new LiveEngines.OfWorker(worker.worker(), engine)))
                .sorted(
                        Comparator.comparing((LiveEngines.OfWorker each) -> each.engine().address())
                                .thenComparing(each -> each.worker().value()))
                .toList();
    }

    /** The job's progress in its worker's last heartbeat, or null if no heartbeat has it. */
    public Heartbeat.@Nullable JobProgress progress(JobId job) {
        return live(workers.values())
                .flatMap(worker -> worker.serving().stream())
                .flatMap(serving -> Stream.ofNullable(serving.progress()))
                .flatMap(List::stream)
                .filter(progress -> progress.job().equals(job))
                .findFirst()
                .orElse(null);
    }

    /** At least 1, for this instance. */
    public int liveInstances() {
        return Math.max(1, (int) live(instances.values()).count());
    }

    /** Whether that instance has sent a heartbeat lately. */
    public boolean isLive(InstanceId instance) {
        return live(instances.values()).anyMatch(api -> api.instance().equals(instance));
    }

    /** None while the worker drains. */
    private static Map<ModelName, Integer> slots(Heartbeat.OfWorker worker) {
        return worker.state() == Heartbeat.WorkerState.SERVING
                ? worker.serving().stream()
                        .collect(
                                Collectors.toMap(
                                        serving -> serving.model().name(),
                                        Heartbeat.Serving::slots,
                                        Integer::sum))
                : Map.of();
    }

    private Stream<Heartbeat.Serving> serving() {
        return live(workers.values())
                .filter(worker -> worker.state() == Heartbeat.WorkerState.SERVING)
                .flatMap(worker -> worker.serving().stream());
    }

    private <T> Stream<T> live(Collection<Beat<T>> beats) {
        Instant dead = clock.instant().minus(deadAfter);
        return beats.stream().filter(beat -> !beat.at.isBefore(dead)).map(Beat::heartbeat);
    }
}
