package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TaskTest {
    private static final Task.Images PLAIN =
            new Task.Images(
                    "a hat",
                    "",
                    null,
                    null,
                    1,
                    null,
                    null,
                    null,
                    null,
                    PictureFormat.PNG,
                    ResponseFormat.URL);

    @Test
    void aRepeatedEditIsKnownByItsBytesWhereverTheyAreKept() {
        Task.Images first = edit("one", "00", "two");
        Task.Images again = edit("three", "00", "four");
        Task.Images other = edit("one", "ff", "two");

        assertThat(again).isNotEqualTo(first);
        assertThat(again.withoutKeys()).isEqualTo(first.withoutKeys());
        assertThat(other.withoutKeys()).isNotEqualTo(first.withoutKeys());
    }

    @Test
    void whatStartsFromNothingIsTheSameWithoutKeys() {
        assertThat(PLAIN.withoutKeys()).isEqualTo(PLAIN);
    }

    private static Task.Images edit(String source, String sha256, String mask) {
        return PLAIN.edited(
                new PictureEdit(
                        new StoredObject(source, 1, sha256),
                        new StoredObject(mask, 2, "11"),
                        0.5,
                        null),
                64,
                48);
    }
}
