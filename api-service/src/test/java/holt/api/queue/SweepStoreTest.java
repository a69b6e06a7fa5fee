package holt.api.queue;

import static org.assertj.core.api.Assertions.assertThat;

import holt.api.edge.Await;
import holt.store.ForgetOldDays;
import holt.store.InMemoryObjectStore;
import holt.store.StoredKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SweepStoreTest {
    private static final Instant NOW = Instant.parse("2026-03-10T12:00:00Z");

    private final InMemoryObjectStore store = new InMemoryObjectStore();
    private final SweepStore sweep =
            new SweepStore(
                    new ForgetOldDays(store, () -> NOW),
                    Map.of("claims/", Duration.ofDays(1), "pictures/", Duration.ofDays(7)));

    @Test
    @DisplayName(
            "R79: the sweep deletes old days of claims and of pictures, each after its own life")
    void givesEachPrefixItsTime() {
        for (String prefix : new String[] {"claims/", "pictures/", "others/"}) {
            for (int day = 1; day <= 9; day++) {
                store.put(prefix + "2026-03-0" + day + "/x", new byte[1], "image/png");
            }
        }

        sweep.run();

        // 9 others, claims of one day, pictures of seven.
        Await.until(() -> store.list("").count() == 9 + 1 + 7);
        assertThat(store.list("claims/").map(StoredKey::key))
                .containsExactly("claims/2026-03-09/x");
        assertThat(store.list("pictures/").findFirst().map(StoredKey::key))
                .contains("pictures/2026-03-03/x");
    }

    @Test
    void goesOnWithTheNextRoundWhereTheStoreWasAway() {
        store.put("claims/2026-03-01/x", new byte[1], "image/png");
        store.setDown(true);
        sweep.run();
        store.setDown(false);

        sweep.run();

        Await.until(() -> store.list("").findAny().isEmpty());
    }
}
