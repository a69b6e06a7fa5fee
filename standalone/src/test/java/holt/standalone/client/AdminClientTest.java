package holt.standalone.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AdminClientTest {
    @Test
    void theEnginesOfARunningHoltAreShown() {
        try (var holt = new FakeHolt()) {
            assertThat(new AdminClient(holt.url(), null).engines())
                    .containsExactly(
                            new ServedEngine(
                                    "openai", "gpu1:8000", null, List.of("otter", "seal"), 32),
                            new ServedEngine("ollama", "gpu2:11434", "it is away", List.of(), 0));
        }
    }
}
