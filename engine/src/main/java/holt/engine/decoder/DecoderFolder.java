package holt.engine.decoder;

import holt.engine.ModelFacts;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.Checkpoint;
import java.nio.file.Path;

/** Checks a decoder's files without libtorch. */
public final class DecoderFolder {
    private DecoderFolder() {}

    /**
     * Reads the configuration and compares it with the names and shapes of the weights.
     *
     * @throws UnloadableModelException if the folder cannot be loaded
     */
    public static ModelFacts inspect(Path folder) {
        DecoderConfig config = DecoderConfig.read(folder);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return new ModelFacts(
                    config.architecture(), new DecoderWeights(checkpoint, config).parameters());
        }
    }
}
