package holt.api.queue.recovery;

import static holt.api.queue.recovery.TestRuns.DEAD_AFTER;
import static holt.api.queue.recovery.TestRuns.NOW;
import static holt.api.queue.recovery.TestRuns.SELF;
import static holt.api.queue.recovery.TestRuns.own;
import static holt.api.queue.recovery.TestRuns.run;
import static holt.api.queue.recovery.TestRuns.worker;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class WatchWorkersTest {
    private final WatchWorkers workers = new WatchWorkers(SELF, DEAD_AFTER);

    @Test
    @DisplayName("R94: a run is lost once its worker has missed three heartbeats")
    void aSilentWorkersRunIsLost() {
        workers.apply(worker("claim"), NOW);
        ownHeartbeats(0, 3);
        assertThat(workers.isLost(run("claim"))).isFalse();

        ownHeartbeats(4, 4);

        assertThat(workers.isLost(run("claim"))).isTrue();
    }

    @Test
    @DisplayName("R94: a run is never lost while its worker's heartbeats list it")
    void aListedRunIsNotLost() {
        for (int second = 0; second < 60; second++) {
            workers.apply(worker("claim"), NOW.plusSeconds(second));
            ownHeartbeats(second, second);

            assertThat(workers.isLost(run("claim"))).isFalse();
        }
    }

    @Test
    @DisplayName("R95: a worker's silence counts only while the instance's own heartbeats arrive")
    void anOutageOfTheBrokerMakesNoWorkerLookDead() {
        workers.apply(worker("claim"), NOW);
        ownHeartbeats(0, 0);

        // The broker was away for a minute, and the worker needs two seconds longer.
        ownHeartbeats(60, 62);
        assertThat(workers.isLost(run("claim"))).isFalse();

        workers.apply(worker("claim"), NOW.plusSeconds(63));
        ownHeartbeats(63, 64);
        assertThat(workers.isLost(run("claim"))).isFalse();
    }

    @Test
    void aWorkerThatStaysSilentAfterTheOutageIsDead() {
        workers.apply(worker("claim"), NOW);
        ownHeartbeats(0, 0);

        ownHeartbeats(60, 64);

        assertThat(workers.isLost(run("claim"))).isTrue();
    }

    @Test
    @DisplayName("R96: a run that its living worker no longer lists is lost")
    void aRunThatItsWorkerHasForgottenIsLost() {
        workers.apply(worker("claim"), NOW);
        ownHeartbeats(0, 0);
        for (int second = 1; second <= 7; second++) {
            workers.apply(worker("other"), NOW.plusSeconds(second));
            ownHeartbeats(second, second);
        }

        assertThat(workers.isLost(run("claim"))).isTrue();
        assertThat(workers.isLost(run("other"))).isFalse();
    }

    @Test
    void aRunThatEndedAMomentAgoIsNotLost() {
        for (int second = 0; second <= 10; second++) {
            workers.apply(worker("claim"), NOW.plusSeconds(second));
            ownHeartbeats(second, second);
        }

        workers.apply(worker(), NOW.plusSeconds(11));

        assertThat(workers.isLost(run("claim"))).isFalse();
    }

    @Test
    void aHeartbeatThatWasLongOnItsWayLosesNoRun() {
        workers.apply(worker(), NOW);
        ownHeartbeats(0, 6);
        workers.apply(worker(), NOW.plusSeconds(6));

        assertThat(workers.isLost(run("claim"))).isFalse();
        workers.apply(worker("claim"), NOW.plusSeconds(7));
        assertThat(workers.isLost(run("claim"))).isFalse();
    }

    @Test
    void aNewRunMayBeMissingInAHeartbeatThatWasOnItsWay() {
        workers.apply(worker(), NOW.minusSeconds(1));
        workers.apply(worker(), NOW);
        ownHeartbeats(0, 0);
        workers.apply(worker(), NOW.plusMillis(10));

        assertThat(workers.isLost(run("claim"))).isFalse();
    }

    @Test
    void aWorkerThatDiedBeforeThisInstanceStartedIsDead() {
        ownHeartbeats(100, 103);
        assertThat(workers.isLost(run("claim"))).isFalse();

        ownHeartbeats(104, 104);

        assertThat(workers.isLost(run("claim"))).isTrue();
    }

    private void ownHeartbeats(int first, int last) {
        for (int second = first; second <= last; second++) {
            workers.apply(own(), NOW.plusSeconds(second));
        }
    }
}
