package holt.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DeleteOldDaysTest {
    private final InMemoryObjectStore store = new InMemoryObjectStore();

    @Test
    void deletesWholeDaysUnderThePrefixAndNothingElse() {
        put("claims/2026-03-01/old", "claims/2026-03-02/young", "pictures/2026-01-01/other");

        assertThat(at("2026-03-02T23:59:59Z").under("claims/", Duration.ofDays(1))).isZero();
        assertThat(at("2026-03-03T00:00:00Z").under("claims/", Duration.ofDays(1))).isEqualTo(1);

        assertThat(store.list("").map(StoredKey::key))
                .containsExactly("claims/2026-03-02/young", "pictures/2026-01-01/other");
    }

    @Test
    void knowsTheDaysOfClaimsAndPictures() {
        Instant day = Instant.parse("2026-03-01T23:59:59Z");
        new ClaimCheck(store, () -> day).put(new byte[] {1});
        put(new PictureKeys(() -> day).next("png"));
        DeleteOldDays delete = at("2026-03-03T00:00:00Z");

        assertThat(delete.under(ClaimCheck.PREFIX, Duration.ofDays(1))).isEqualTo(1);
        assertThat(delete.under(PictureKeys.PREFIX, Duration.ofDays(2))).isZero();
        assertThat(delete.under(PictureKeys.PREFIX, Duration.ofDays(1))).isEqualTo(1);
        assertThat(store.list("")).isEmpty();
    }

    @Test
    void severalMayDoSoAtOnce() {
        IntStream.range(0, 200).forEach(i -> put("claims/2026-03-01/" + i));
        DeleteOldDays delete = at("2026-03-05T00:00:00Z");

        CompletableFuture.allOf(
                        IntStream.range(0, 4)
                                .mapToObj(_ ->
                                        CompletableFuture.runAsync(
                                                () -> delete.under("claims/", Duration.ofDays(1))))
                                .toArray(CompletableFuture[]::new))
                .join();

        assertThat(store.list("")).isEmpty();
    }

    private DeleteOldDays at(String now) {
        return new DeleteOldDays(store, () -> Instant.parse(now));
    }

    private void put(String... keys) {
        for (String key : keys) {
            store.put(key, new byte[] {1}, "application/octet-stream");
        }
    }
}
