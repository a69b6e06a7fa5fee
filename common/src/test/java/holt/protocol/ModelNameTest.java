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
    void theLongestQueueTopicFitsKafka() {
        String topic = "holt.jobs." + new ModelName("Ä".repeat(200)).slug() + ".normal";

        assertThat(topic.length()).isLessThanOrEqualTo(249);
        assertThat(topic).matches("[a-z0-9.-]+");
    }

    @Test
    void namesWithControlCharactersOrWithoutAnyAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelName("a\nb"));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelName(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> new ModelName("x".repeat(201)));
    }
}
