package holt.api.queue.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RequestKeyTest {
    @Test
    @DisplayName("R60: the id of a job with a key is a hash of the key")
    void theIdIsAHashOfTheKey() {
        // SHA-256 of "anonymous\nk\n0": every instance of every release must draw the same id.
        assertThat(new RequestKey("k").job(0).value())
                .isEqualTo("6623cdb893ded449871356d486c451b1");
        assertThat(new RequestKey("k").job(1)).isNotEqualTo(new RequestKey("k").job(0));
        assertThat(new RequestKey("l").job(0)).isNotEqualTo(new RequestKey("k").job(0));
    }

    @Test
    void theKeyStaysOutOfLogs() {
        assertThat(new RequestKey("secret")).hasToString("RequestKey");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "é", "a\nb"})
    void otherCharactersAreRefused(String value) {
        assertThatIllegalArgumentException().isThrownBy(() -> new RequestKey(value));
    }
}
