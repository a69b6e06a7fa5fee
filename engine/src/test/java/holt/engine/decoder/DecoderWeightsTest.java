package holt.engine.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.Fixtures;
import holt.engine.checkpoint.Checkpoint;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of fixtures whose weights are stored as fp32. */
class DecoderWeightsTest {
    @TempDir Path folder;

    @Test
    void anEmbeddingThatIsTheOutputHeadTooIsInMemoryTwice() {
        Path model = Fixtures.model("smollm2", folder);
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            var weights = new DecoderWeights(checkpoint, DecoderConfig.read(model));
            long parameters = 27_040;
            long embedding = 360 * 32;

            assertThat(weights.bytes("fp32")).isEqualTo(4 * parameters + 4 * embedding);
            assertThat(weights.bytes("bf16")).isEqualTo(2 * parameters + 4 * embedding);
            assertThat(weights.bytes("fp16")).isEqualTo(2 * parameters + 8 * embedding);
        }
    }

    @Test
    void withAHeadOfItsOwnEachParameterIsThereOnce() {
        Path model = Fixtures.model("llama3", folder);
        try (Checkpoint checkpoint = Checkpoint.open(model)) {
            var weights = new DecoderWeights(checkpoint, DecoderConfig.read(model));

            assertThat(weights.bytes("fp32")).isEqualTo(4 * weights.parameters());
        }
    }
}
