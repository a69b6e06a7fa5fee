package holt.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureKeysTest {
    private final PictureKeys keys = new PictureKeys(() -> Instant.parse("2026-03-01T23:59:59Z"));

    @Test
    void drawsAnotherKeyEachTimeUnderTheDay() {
        assertThat(keys.next("png"))
                .matches("pictures/2026-03-01/[0-9a-f]{32}\\.png")
                .isNotEqualTo(keys.next("png"))
                .satisfies(key -> assertThat(PictureKeys.isPicture(key)).isTrue());
    }

    @Test
    void takesNoExtensionThatIsAPath() {
        assertThatThrownBy(() -> keys.next("png/../x"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "pictures/",
                "claims/2026-03-01/0123456789abcdef0123456789abcdef.png",
                "pictures/2026-03-01/0123456789abcdef0123456789abcdef",
                "pictures/2026-03-01/0123456789ABCDEF0123456789ABCDEF.png",
                "pictures/2026-03-01/../claims/0123456789abcdef0123456789abcdef.png",
                "/pictures/2026-03-01/0123456789abcdef0123456789abcdef.png",
                "pictures/2026-03-01/0123456789abcdef0123456789abcdef.png\n"
            })
    void isNotFooled(String key) {
        assertThat(PictureKeys.isPicture(key)).isFalse();
    }
}
