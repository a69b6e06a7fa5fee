package holt.system.soak;

import holt.system.rig.ChildJvm;
import holt.system.rig.Cluster;
import holt.system.rig.ThreeBrokers;
import holt.system.rig.check.Invariants;
import holt.system.rig.time.Pause;
import holt.system.rig.topics.Replicas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Causes a random fault and repairs it. */
final class Faults {
    private static final Duration AWAY = Duration.ofSeconds(5);
    private static final int SLOTS = 8;

    private final Cluster cluster;
    private final List<Fault> choice;
    private final Random random;
    private final List<FaultSpan> past = new ArrayList<>();

    Faults(Cluster cluster, List<Fault> choice, Random random) {
        this.cluster = cluster;
        this.choice = choice;
        this.random = random;
    }

    /** Returns once the fault is repaired. */
    void next() {
        Fault fault = any(choice);
        Instant from = Instant.now();
        cause(fault);
        var span = new FaultSpan(fault, from, Instant.now());
        System.out.println("soak: " + span);
        past.add(span);
    }

    /** The faults so far. */
    List<FaultSpan> past() {
        return past;
    }

    Invariants.Broken broken() {
        return new Invariants.Broken(count(Fault.CRASH_BROKER), count(Fault.KILL_API));
    }

    /** How many of each kind so far. */
    @Override
    public String toString() {
        return choice.stream()
                .collect(Collectors.toMap(it -> it, this::count, (a, _) -> a, TreeMap::new))
                .toString();
    }

    private void cause(Fault fault) {
        switch (fault) {
            case KILL_WORKER -> {
                any(cluster.workers()).kill();
                cluster.worker(SLOTS);
            }
            case DRAIN_WORKER -> {
                ChildJvm leaving = any(cluster.workers());
                cluster.worker(SLOTS);
                leaving.signal("TERM");
                leaving.awaitExit();
            }
            case FREEZE_WORKER -> {
                ChildJvm frozen = any(cluster.workers());
                frozen.signal("STOP");
                Pause.of(AWAY).await();
                frozen.signal("CONT");
            }
            case CRASH_BROKER -> {
                cluster.broker().kill();
                cluster.startBroker();
            }
            case LOSE_BROKER -> {
                ThreeBrokers brokers = cluster.brokers();
                int lost = any(ThreeBrokers.NODES);
                brokers.kill(lost);
                Pause.of(AWAY).await();
                // With fewer than two copies in sync, a second fault would lose what was confirmed.
                brokers.restart(lost);
            }
            case MOVE_LEADERS -> Replicas.moveLeaders(cluster.clients());
            case STORE_AWAY -> {
                cluster.storeNetwork().cut();
                Pause.of(AWAY).await();
                cluster.storeNetwork().pass();
            }
            case KILL_API -> {
                any(cluster.apis()).process().kill();
                cluster.api();
            }
        }
    }

    private <T> T any(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    private int count(Fault fault) {
        return (int) past.stream().filter(it -> it.fault() == fault).count();
    }
}
