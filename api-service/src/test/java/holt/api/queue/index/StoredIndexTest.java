package holt.api.queue.index;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.models.LiveWorkers;
import holt.api.queue.usage.UsageCounts;
import holt.api.queue.usage.UsageKey;
import holt.api.queue.usage.UsageRow;
import holt.protocol.ClaimId;
import holt.protocol.Failure;
import holt.protocol.InstanceId;
import holt.protocol.Job;
import holt.protocol.JobEvent;
import holt.protocol.JobId;
import holt.protocol.Lane;
import holt.protocol.ModelName;
import holt.protocol.Outcome;
import holt.protocol.WorkerId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The index and its store: what a restart keeps, and what is dropped when. */
class StoredIndexTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final ModelName MODEL = new ModelName("m");
    private static final InstanceId INSTANCE = new InstanceId("i");
    private static final Outcome DONE =
            new Outcome.ChatCompleted("x", Outcome.FinishReason.STOP, new Outcome.Usage(1, 1));

    private final MemoryJobStore store = new MemoryJobStore();
    private Instant now = START;
    private JobIndex index = open(store);
    private long offset;

    /** An event where it stands in the log. */
    private record Logged(JobEvent event, EventPlace place, Instant at) {}

    @Test
    @DisplayName("R150: an index that is killed at any time goes on as if it had not been")
    void aKilledIndexGoesOnAsIfItHadNotBeen() {
        List<Logged> log = randomLog(new Random(16), 3_000);
        var other = new MemoryJobStore();
        JobIndex undisturbed = open(other);
        log.forEach(logged -> undisturbed.apply(logged.event, logged.place, logged.at));
        undisturbed.commit();

        var random = new Random(17);
        JobIndex killed = open(store);
        for (int i = 0; i < log.size(); i++) {
            Logged logged = log.get(i);
            killed.apply(logged.event, logged.place, logged.at);
            if (random.nextInt(20) == 0) {
                killed.commit();
            }
            if (random.nextInt(50) == 0) {
                killed = open(store);
                i = firstUnread(log, store.offsets()) - 1;
            }
        }
        killed.commit();
        killed.caughtUp();
        undisturbed.caughtUp();

        assertThat(store.offsets()).isEqualTo(other.offsets());
        for (Logged logged : log) {
            JobId job = logged.event.job();
            assertThat(killed.find(job)).isEqualTo(undisturbed.find(job));
            assertThat(killed.outcome(job)).isEqualTo(undisturbed.outcome(job));
            assertThat(killed.claim(job)).isEqualTo(undisturbed.claim(job));
        }
        assertThat(killed.running()).hasSameElementsAs(undisturbed.running()).isNotEmpty();
        assertThat(killed.strays(Instant.MAX, _ -> false))
                .hasSameElementsAs(undisturbed.strays(Instant.MAX, _ -> false))
                .isNotEmpty();
        assertThat(store.list(JobFilter.all(), null, 10_000))
                .isEqualTo(other.list(JobFilter.all(), null, 10_000));
        assertThat(killed.usage()).isEqualTo(undisturbed.usage()).isNotEmpty();
    }

    @Test
    void endedJobsAreNotInMemoryAfterACommit() {
        fold(accepted("a"));
        fold(finished("a", DONE));
        assertThat(index.uncommitted()).isEqualTo(1);
        index.commit();
        assertThat(index.uncommitted()).isZero();

        assertThat(index.find(new JobId("a")).status()).isEqualTo(JobStatus.COMPLETED);
        store.commit(new JobBatch(Map.of(), List.of(), Map.of(), START.plus(Duration.ofDays(9))));
        assertThat(index.find(new JobId("a"))).isNull();
    }

    @Test
    @DisplayName("R26: an end after a restart is still the second one")
    void aSecondEndAfterARestartChangesNothing() {
        fold(accepted("a"));
        fold(finished("a", DONE));
        restart();

        assertThat(fold(finished("a", new Outcome.Cancelled()))).isFalse();
        assertThat(index.find(new JobId("a")).status()).isEqualTo(JobStatus.COMPLETED);
        assertThat(index.duplicates()).isEqualTo(1);
    }

    @Test
    @DisplayName("R74: a job whose Accepted was lost ends after a restart as well")
    void aJobOfUnknownDeadlineIsAStrayAfterARestart() {
        fold(started("a", "c", 1));
        restart();
        index.caughtUp();

        assertThat(index.strays(START.plus(MINUTE), _ -> false)).isEmpty();
        assertThat(index.strays(START.plus(MINUTE).plusMillis(1), _ -> false))
                .extracting(JobAddress::id)
                .containsExactly(new JobId("a"));
    }

    @Test
    void aRunCanBeRestartedAfterARestartOfTheInstance() {
        fold(accepted("a"));
        fold(started("a", "c", 1));
        RunningJob before = running();
        restart();
        index.caughtUp();

        assertThat(running()).isEqualTo(before);
    }

    @Test
    void theCallerOfAJobIsKnownAfterARestart() {
        fold(acceptedOf("a", "ann"));
        fold(acceptedOf("b", "bob"));
        fold(accepted("c"));
        fold(finished("b", DONE));
        restart();

        assertThat(index.owned())
                .singleElement()
                .satisfies(owned -> {
                    assertThat(owned.caller()).isEqualTo("ann");
                    assertThat(owned.job().id()).isEqualTo(new JobId("a"));
                    assertThat(owned.created()).isEqualTo(START);
                });
        assertThat(
                        store.list(JobFilter.all().ofCaller("bob").in(JobStatus.COMPLETED), null, 9)
                                .jobs())
                .extracting(job -> job.id().value())
                .containsExactly("b");
    }

    @Test
    @DisplayName("R189: usage counts the first end of each job, over restarts, until it is old")
    void usageCountsEachJobOnce() {
        fold(
                new JobEvent.Accepted(
                        new JobId("a"),
                        MODEL,
                        Lane.NORMAL,
                        INSTANCE,
                        START.plusSeconds(50),
                        new Job.Origin("team:blue", 1, 1, "k")));
        restart();
        fold(started("a", "c", 1));
        now = START.plusSeconds(2);
        fold(new JobEvent.Finished(new JobId("a"), MODEL, Lane.NORMAL, new ClaimId("c"), DONE));
        fold(accepted("b"));
        fold(finished("b", new Outcome.Cancelled()));
        restart();
        fold(finished("a", DONE));
        fold(finished("unknown", DONE));

        var blue = new UsageKey(START, "team:blue", "k", MODEL);
        var anybody = new UsageKey(START, "", "", MODEL);
        assertThat(index.usage())
                .containsExactlyInAnyOrder(
                        new UsageRow(blue, new UsageCounts(1, 0, 1, 0, 1, 0, 2_000)),
                        new UsageRow(anybody, new UsageCounts(1, 1, 0, 0, 0, 0, 0)));

        now = START.plus(Duration.ofHours(49));
        fold(accepted("later"));
        restart();
        assertThat(index.usage()).isEmpty();
    }

    @Test
    void positionsGoOnAfterARestart() {
        fold(accepted("a"));
        fold(accepted("b"));
        fold(accepted("c"));
        fold(started("a", "x", 1));
        JobState before = index.find(new JobId("c"));
        assertThat(before.position()).isEqualTo(2);
        assertThat(before.etaSeconds()).isEqualTo(120);
        restart();

        assertThat(index.find(new JobId("c"))).isEqualTo(before);
    }

    @Test
    @DisplayName("R152: with a retention of 60 s, a key is honoured for 60 s and then begins anew")
    void aKeyIsHonouredForItsTimeByTheBrokersClock() {
        fold(claimed("k", "first"));
        fold(finished("k", DONE));
        restart();

        now = START.plus(MINUTE).minusMillis(1);
        assertThat(fold(claimed("k", "second"))).isFalse();
        assertThat(index.claim(new JobId("k")).request()).isEqualTo("first");

        now = START.plus(MINUTE);
        assertThat(fold(claimed("k", "third"))).isTrue();
        assertThat(index.claim(new JobId("k")).request()).isEqualTo("third");
        assertThat(index.find(new JobId("k")).status()).isEqualTo(JobStatus.QUEUED);
        restart();
        assertThat(index.claim(new JobId("k")).request()).isEqualTo("third");
        assertThat(store.list(JobFilter.all(), null, 10).jobs()).hasSize(1);
    }

    @Test
    @DisplayName("R153: a job is known to have expired for a twelfth of the retention longer")
    void aStoreDropsWhatHasExpiredByTheTimeOfTheLog() {
        fold(claimed("k", "first"));
        fold(finished("k", DONE));
        index.commit();

        now = START.plusSeconds(61);
        fold(accepted("next"));
        index.commit();
        assertThat(index.find(new JobId("k"))).isNull();
        assertThat(index.isForgotten(new JobId("k"))).isTrue();

        now = START.plusSeconds(67);
        fold(accepted("last"));
        index.commit();
        assertThat(index.isForgotten(new JobId("k"))).isFalse();
        assertThat(store.get(new JobId("k"))).isNull();
        assertThat(store.get(new JobId("next"))).isNotNull();
    }

    @Test
    void aPartitionThatIsBehindKeepsItsJobs() {
        fold(claimed("k", "first"));
        fold(finished("k", DONE));
        now = START.plusSeconds(200);

        index.apply(accepted("elsewhere"), new EventPlace(1, 0), now);
        index.commit();

        assertThat(store.get(new JobId("k"))).isNotNull();
    }

    private boolean fold(JobEvent event) {
        return index.apply(event, new EventPlace(0, offset++), now);
    }

    private void restart() {
        index.commit();
        index = open(store);
    }

    private RunningJob running() {
        index.caughtUp();
        return index.running().getFirst();
    }

    private JobIndex open(JobStore store) {
        return new JobIndex(
                () -> now,
                new LiveWorkers(() -> now, Duration.ofSeconds(6)),
                new Retention(MINUTE, MINUTE),
                MINUTE,
                store);
    }

    private static int firstUnread(List<Logged> log, Map<Integer, Long> offsets) {
        for (int i = 0; i < log.size(); i++) {
            EventPlace place = log.get(i).place;
            if (place.offset() >= offsets.getOrDefault(place.partition(), 0L)) {
                return i;
            }
        }
        return log.size();
    }

    /** Partly senseless, as a log may be. One partition, so that each replay has the same order. */
    private static List<Logged> randomLog(Random random, int events) {
        var log = new ArrayList<Logged>();
        for (int i = 0; i < events; i++) {
            String job = "j" + (random.nextInt(40) + i / 20);
            int run = 1 + random.nextInt(3);
            String claim = "c" + run;
            JobEvent event =
                    switch (random.nextInt(8)) {
                        case 0 -> claimed(job, "request" + random.nextInt(2));
                        case 1, 2 -> accepted(job);
                        case 3, 4 -> started(job, claim, run);
                        case 5 ->
                                new JobEvent.Retrying(
                                        new JobId(job),
                                        MODEL,
                                        Lane.NORMAL,
                                        new ClaimId(claim),
                                        Failure.WORKER_FAILED,
                                        START);
                        case 6 ->
                                new JobEvent.Requeued(
                                        new JobId(job),
                                        MODEL,
                                        Lane.NORMAL,
                                        new ClaimId(claim),
                                        null);
                        default ->
                                finished(
                                        job,
                                        random.nextBoolean()
                                                ? DONE
                                                : new Outcome.Failed(Failure.OVERLOADED, "no"));
                    };
            log.add(new Logged(event, new EventPlace(0, i), START.plusMillis(i / 2)));
        }
        return log;
    }

    private static JobEvent claimed(String job, String request) {
        return new JobEvent.Claimed(
                new JobId(job), MODEL, Lane.NORMAL, INSTANCE, START.plusSeconds(50), request);
    }

    private static JobEvent accepted(String job) {
        return new JobEvent.Accepted(
                new JobId(job), MODEL, Lane.NORMAL, INSTANCE, START.plusSeconds(50));
    }

    private static JobEvent acceptedOf(String job, String caller) {
        return new JobEvent.Accepted(
                new JobId(job),
                MODEL,
                Lane.NORMAL,
                INSTANCE,
                START.plusSeconds(50),
                new Job.Origin(caller, 1, 1));
    }

    private static JobEvent started(String job, String claim, int run) {
        return new JobEvent.Started(
                new JobId(job),
                MODEL,
                Lane.NORMAL,
                new ClaimId(claim),
                new WorkerId("w"),
                run,
                0,
                7);
    }

    private static JobEvent finished(String job, Outcome outcome) {
        return new JobEvent.Finished(new JobId(job), MODEL, Lane.NORMAL, null, outcome);
    }
}
