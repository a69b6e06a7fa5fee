package holt.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class CompletionsTest {
    static final Task.Complete TEXTS =
            new Task.Complete(
                    List.of("An otter", "Grüße"),
                    null,
                    new Task.Sampling(0, 1, 42L),
                    0,
                    List.of("."),
                    true,
                    2,
                    5,
                    true);
    static final Task.Complete TOKENS =
            new Task.Complete(
                    null,
                    List.of(List.of(1, 2, 3)),
                    new Task.Sampling(1, 1, null),
                    16,
                    List.of(),
                    false,
                    1,
                    null,
                    false);

    @Test
    @DisplayName("R114: a completion is version 2 and needs the ability completions")
    void aCompletionIsVersion2() {
        assertThat(List.of(TEXTS, TOKENS))
                .allSatisfy(task -> {
                    assertThat(new String(Codec.encode(task), StandardCharsets.UTF_8))
                            .startsWith("{\"v\":2,");
                    assertThat(task.needs()).containsExactly(Ability.COMPLETIONS);
                });
    }

    @Test
    void onlyATaskWithoutASeedTakesAnother() {
        assertThat(TEXTS.withSeed(7)).isEqualTo(TEXTS);
        assertThat(TOKENS.withSeed(7).sampling().seed()).isEqualTo(7);
        assertThat(TOKENS.withSeed(7).tokens()).isEqualTo(TOKENS.tokens());
    }

    @Test
    void promptsStayOutOfLogs() {
        assertThat(TEXTS.toString()).doesNotContain("otter").contains("2 prompts");
    }
}
