package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ModelNameTest {
    @Test
    @DisplayName("R7: the slug of a name of [a-z0-9-] is the name")
    void aPlainNameIsItsOwnSlug() {
        assertThat(new ModelName("holt-chat").slug()).isEqualTo("holt-chat");
    }

    @Test
    @DisplayName("R7: the slug of any other name ends in a hash, so two models never share a queue")
    void anyOtherNameGetsAHashSoThatTwoNamesNeverShareAQueue() {
        // The digits are the first of `printf 'Org/Model.v1' | sha256sum`.
        assertThat(new ModelName("Org/Model.v1").slug()).isEqualTo("org-model-v1-8b57f34c");
        assertThat(new ModelName("org/model.v1").slug())
                .isNotEqualTo(new ModelName("Org/Model.v1").slug());
    }

    @Test
    @DisplayName("R7: a slug has at most 209 characters")
    void theSlugOfTheLongestNameIsBounded() {
        assertThat(new ModelName("Ä".repeat(200)).slug()).matches("-{201}[0-9a-f]{8}");
        // In lower case, each is two characters.
        assertThat(new ModelName("İ".repeat(200)).slug()).matches("(i-){100}-[0-9a-f]{8}");
        assertThat(ModelName.LONGEST_SLUG).isEqualTo(209);
    }

    @Test
    void namesWithControlCharactersOrWithoutAnyAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelName("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelName(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelName("x".repeat(201)));
    }
}
