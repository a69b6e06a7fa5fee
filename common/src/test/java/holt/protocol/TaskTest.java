package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

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
    @DisplayName("R139: an edit of several pictures is version 2, one of one picture version 1")
    void anEditOfSeveralPicturesIsVersion2() {
        Task.Images several = several("one", "00");

        assertThat(several.needs()).containsExactly(Ability.SEVERAL_IMAGES);
        assertThat(several.version()).isEqualTo(2);
        assertThat(edit("one", "00", "two").version()).isEqualTo(1);
        assertThat(several("other", "00").withoutKeys()).isEqualTo(several.withoutKeys());
        assertThat(several("one", "ff").withoutKeys()).isNotEqualTo(several.withoutKeys());
    }

    @TestFactory
    @DisplayName("R139: the pictures after the first one stand in further")
    Stream<DynamicTest> severalPicturesHaveAGoldenFile() {
        var usage = new Outcome.PictureUsage(50, 40, 10, 7);
        return Stream.of(
                        new Golden("task-images-several", Task.class, several("one", "00")),
                        new Golden(
                                "outcome-images-completed-with-usage",
                                Outcome.class,
                                new Outcome.ImagesCompleted(List.of(), ResponseFormat.URL, usage)))
                .map(Golden::test);
    }

    private static Task.Images several(String further, String sha256) {
        return PLAIN.edited(
                new PictureEdit(
                        new StoredObject("first", 1, "11"),
                        List.of(new StoredObject(further, 1, sha256)),
                        null,
                        null,
                        null),
                64,
                48);
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
