package holt.api.queue.index;

import static org.assertj.core.api.Assertions.assertThat;

import holt.protocol.Failure;
import holt.protocol.JobId;
import holt.protocol.ModelName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store of jobs does. */
public abstract class JobStoreContract {
    protected static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    protected static final Instant NEVER = Instant.EPOCH;

    protected abstract JobStore store();

    @Test
    void aNewStoreHasNothing() {
        assertThat(store().offsets()).isEmpty();
        assertThat(store().notes()).isEmpty();
        assertThat(store().get(new JobId("a"))).isNull();
        assertThat(live()).isEmpty();
        assertThat(list(JobFilter.all())).isEmpty();
    }

    @Test
    void whatABatchWritesCanBeRead() {
        store().commit(
                        new JobBatch(
                                Map.of(0, 5L, 1, 7L),
                                List.of(put(live("a", 0), null)),
                                Map.of("n", new byte[] {1}),
                                NEVER));
        store().commit(new JobBatch(Map.of(1, 8L), List.of(), Map.of("m", new byte[] {2}), NEVER));

        assertThat(store().offsets()).isEqualTo(Map.of(0, 5L, 1, 8L));
        assertThat(store().notes()).containsOnlyKeys("n", "m");
        assertThat(store().get(new JobId("a")).head()).isEqualTo(live("a", 0));
        assertThat(store().get(new JobId("a")).body()).containsExactly(1, 2, 3);
    }

    @Test
    void anEmptyNoteRemovesIt() {
        store().commit(new JobBatch(Map.of(), List.of(), Map.of("n", new byte[] {1}), NEVER));

        store().commit(new JobBatch(Map.of(), List.of(), Map.of("n", new byte[0]), NEVER));

        assertThat(store().notes()).isEmpty();
    }

    @Test
    void onlyJobsThatHaveNotEndedAreLive() {
        put(live("a", 0));
        put(live("b", 1));
        store().commit(
                        batch(
                                put(
                                        head(
                                                "a",
                                                0,
                                                "m",
                                                "c",
                                                JobStatus.FAILED,
                                                Failure.TIMEOUT,
                                                9),
                                        live("a", 0))));

        assertThat(live()).containsExactly("b");
    }

    @Test
    @DisplayName("R155: a list has the newest job first, and follows each change of a job")
    void aListHasTheNewestFirstAndFollowsEachChangeOfAJob() {
        put(live("a", 0));
        put(live("b", 2));
        put(live("c", 1));
        assertThat(list(JobFilter.all())).containsExactly("b", "c", "a");

        JobHead ended = head("b", 2, "m", "c", JobStatus.FAILED, Failure.TIMEOUT, 9);
        store().commit(batch(put(ended, live("b", 2))));

        assertThat(list(JobFilter.all().in(JobStatus.QUEUED))).containsExactly("c", "a");
        assertThat(list(JobFilter.all().in(JobStatus.FAILED))).containsExactly("b");
        assertThat(list(JobFilter.all().failedBy(Failure.TIMEOUT))).containsExactly("b");
        assertThat(store().list(JobFilter.all(), null, 1).jobs()).containsExactly(ended);
    }

    @Test
    void filtersHoldTogether() {
        int n = 0;
        for (String model : List.of("m", "n")) {
            for (String caller : List.of("c", "d")) {
                for (JobStatus status : List.of(JobStatus.COMPLETED, JobStatus.CANCELLED)) {
                    put(head(model + caller + status, n++, model, caller, status, null, 99));
                }
            }
        }
        JobFilter all = JobFilter.all();
        assertThat(list(all.ofModel(new ModelName("m")))).hasSize(4);
        assertThat(list(all.ofCaller("d").in(JobStatus.CANCELLED)))
                .containsExactly("ndCANCELLED", "mdCANCELLED");
        assertThat(list(all.ofModel(new ModelName("n")).ofCaller("c").in(JobStatus.COMPLETED)))
                .containsExactly("ncCOMPLETED");
        assertThat(list(all.ofCaller("e"))).isEmpty();
        assertThat(list(all.between(START.plusMillis(2), START.plusMillis(4))))
                .containsExactly("mdCANCELLED", "mdCOMPLETED");
    }

    @Test
    void pagesHaveEachJobOnceAlsoOfOneMillisecond() {
        var all = new ArrayList<String>();
        for (int i = 0; i < 10; i++) {
            put(live("j" + i, i / 4));
            all.add("j" + i);
        }
        var seen = new ArrayList<String>();
        ListPlace after = null;
        do {
            JobPage page = store().list(JobFilter.all().in(JobStatus.QUEUED), after, 3);
            page.jobs().forEach(job -> seen.add(job.id().value()));
            after = page.next();
        } while (after != null);

        assertThat(seen).containsExactlyInAnyOrderElementsOf(all);
        assertThat(seen.subList(0, 2)).containsExactly("j8", "j9");
    }

    @Test
    void jobsAreForgottenOnceTheirTimeIsOverAndNoOthers() {
        put(head("old", 0, "m", "c", JobStatus.COMPLETED, null, 10));
        put(head("new", 0, "m", "c", JobStatus.COMPLETED, null, 20));
        put(live("open", 0));

        store().commit(new JobBatch(Map.of(), List.of(), Map.of(), START.plusMillis(20)));

        assertThat(store().get(new JobId("old"))).isNull();
        assertThat(store().get(new JobId("new"))).isNotNull();
        assertThat(list(JobFilter.all())).containsExactlyInAnyOrder("new", "open");
        assertThat(list(JobFilter.all().ofCaller("c"))).containsExactlyInAnyOrder("new", "open");
    }

    @Test
    void aJobMayComeAnewUnderAnIdThatIsForgottenInTheSameBatch() {
        JobHead old = head("a", 0, "m", "c", JobStatus.COMPLETED, null, 10);
        put(old);

        store().commit(
                        new JobBatch(
                                Map.of(),
                                List.of(put(live("a", 50), old)),
                                Map.of(),
                                START.plusMillis(30)));

        assertThat(store().get(new JobId("a")).head()).isEqualTo(live("a", 50));
        assertThat(list(JobFilter.all())).containsExactly("a");
        assertThat(live()).containsExactly("a");
    }

    @Test
    void idsOfEveryFormKeepTheirForm() {
        for (String id : List.of("0a1b", "0A1b", "abc", "00ff00ff", "x-Y_z")) {
            put(live(id, 0));
            assertThat(store().get(new JobId(id)).head().id().value()).isEqualTo(id);
        }
        assertThat(live()).containsExactlyInAnyOrder("0a1b", "0A1b", "abc", "00ff00ff", "x-Y_z");
    }

    protected void put(JobHead job) {
        store().commit(batch(put(job, null)));
    }

    protected List<String> list(JobFilter filter) {
        return store().list(filter, null, 100).jobs().stream()
                .map(job -> job.id().value())
                .toList();
    }

    protected List<String> live() {
        var live = new ArrayList<String>();
        store().live(job -> live.add(job.head().id().value()));
        return live;
    }

    protected static JobBatch batch(JobBatch.Put... puts) {
        return new JobBatch(Map.of(), List.of(puts), Map.of(), NEVER);
    }

    protected static JobBatch.Put put(JobHead job, @Nullable JobHead replaced) {
        return new JobBatch.Put(new StoredJob(job, new byte[] {1, 2, 3}), replaced);
    }

    protected static JobHead live(String id, long created) {
        return new JobHead(
                new JobId(id),
                START.plusMillis(created),
                new ModelName("m"),
                "c",
                JobStatus.QUEUED,
                null,
                null);
    }

    protected static JobHead head(
            String id,
            long created,
            String model,
            @Nullable String caller,
            JobStatus status,
            @Nullable Failure reason,
            long forget) {
        return new JobHead(
                new JobId(id),
                START.plusMillis(created),
                new ModelName(model),
                caller,
                status,
                reason,
                START.plusMillis(forget));
    }
}
