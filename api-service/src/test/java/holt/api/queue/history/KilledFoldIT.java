package holt.api.queue.history;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.queue.index.JobFilter;
import holt.api.queue.index.JobPage;
import holt.api.queue.index.JobStore;
import holt.api.queue.index.ListPlace;
import holt.api.queue.index.MemoryJobStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(600)
class KilledFoldIT {
    private static final int KILLS = Integer.getInteger("history.kills", 5);
    private static final int EVENTS_A_LIFE = 20_000;
    private static final int LONGEST_LIFE_MS = 400;

    @TempDir Path directory;

    @Test
    @DisplayName("R150: an instance that is killed while it folds loses no job and doubles none")
    void aKilledFoldLosesNoJobAndDoublesNone() throws Exception {
        int events = KILLS * EVENTS_A_LIFE;
        var random = new Random(KILLS);
        int killed = 0;
        for (int life = 0; life < KILLS; life++) {
            Process folding = start(events);
            assertThat(folding.inputReader().readLine()).isEqualTo(FoldMain.FOLDING);
            boolean done = folding.waitFor(random.nextInt(LONGEST_LIFE_MS), TimeUnit.MILLISECONDS);
            folding.destroyForcibly().waitFor();
            killed += done ? 0 : 1;
        }
        assertThat(killed).as("lives that ended before their log").isGreaterThan(KILLS / 2);

        var undisturbed = new MemoryJobStore();
        FoldMain.fold(undisturbed, events);
        try (JobStore store = new OpenHistory(FoldMain.LOG, null).in(directory)) {
            FoldMain.fold(store, events);

            assertThat(store.offsets()).isEqualTo(undisturbed.offsets());
            for (int job = 0; job <= events / 3; job++) {
                var expected = undisturbed.get(FoldMain.job(job));
                var found = store.get(FoldMain.job(job));
                assertThat(found == null).isEqualTo(expected == null);
                if (found != null && expected != null) {
                    assertThat(found.head()).isEqualTo(expected.head());
                    assertThat(found.body()).isEqualTo(expected.body());
                }
            }
            assertThat(count(store)).isEqualTo(events / 3 + (events % 3 == 0 ? 0 : 1));
            assertThat(store.notes().keySet()).isEqualTo(undisturbed.notes().keySet());
        }
    }

    private static int count(JobStore store) {
        int count = 0;
        ListPlace after = null;
        do {
            JobPage page = store.list(JobFilter.all(), after, 1_000);
            count += page.jobs().size();
            after = page.next();
        } while (after != null);
        return count;
    }

    private Process start(int events) throws Exception {
        return new ProcessBuilder(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FoldMain.class.getName(),
                                directory.toString(),
                                String.valueOf(events)))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }
}
