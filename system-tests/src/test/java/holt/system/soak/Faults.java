package holt.system.soak;

import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.time.Pause;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Causes a random fault and repairs it. */
final class Faults {
    private static final Duration AWAY = Duration.ofSeconds(5);
    private static final int SLOTS = 8;

    private final Cluster cluster;
    private final Random random;
    private int brokerCrashes;
    private int apiInstancesKilled;

    private enum Fault {
        KILL_WORKER,
        DRAIN_WORKER,
        FREEZE_WORKER,
        CRASH_BROKER,
        STORE_AWAY,
        KILL_API
    }

    Faults(Cluster cluster, Random random) {
        this.cluster = cluster;
        this.random = random;
    }

    /** Returns once the fault is repaired. */
    void next() {
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        System.out.println("soak: " + fault);
        switch (fault) {
            case KILL_WORKER -> {
                worker().kill();
                cluster.worker(SLOTS);
            }
            case DRAIN_WORKER -> {
                ChildJvm leaving = worker();
                cluster.worker(SLOTS);
                leaving.signal("TERM");
                leaving.awaitExit();
            }
            case FREEZE_WORKER -> {
                ChildJvm frozen = worker();
                frozen.signal("STOP");
                Pause.of(AWAY).await();
                frozen.signal("CONT");
            }
            case CRASH_BROKER -> {
                brokerCrashes++;
                cluster.broker().kill();
                cluster.startBroker();
            }
            case STORE_AWAY -> {
                cluster.storeNetwork().cut();
                Pause.of(AWAY).await();
                cluster.storeNetwork().pass();
            }
            case KILL_API -> {
                apiInstancesKilled++;
                List<Cluster.Api> apis = cluster.apis();
                apis.get(random.nextInt(apis.size())).process().kill();
                cluster.api();
            }
        }
    }

    int brokerCrashes() {
        return brokerCrashes;
    }

    int apiInstancesKilled() {
        return apiInstancesKilled;
    }

    private ChildJvm worker() {
        List<ChildJvm> workers =
                cluster.processes().stream()
                        .filter(process ->
                                cluster.apis().stream().noneMatch(api -> api.process() == process))
                        .toList();
        return workers.get(random.nextInt(workers.size()));
    }
}
