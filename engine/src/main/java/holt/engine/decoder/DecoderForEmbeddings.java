package holt.engine.decoder;

import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.encoder.Encoder;
import holt.engine.encoder.EncoderFacts;
import holt.engine.encoder.EncoderOptions;
import holt.engine.encoder.Pooling;
import holt.engine.encoder.TorchEncoder;
import java.nio.file.Path;

/** A Hugging Face folder with a decoder that gives embeddings, such as Qwen3-Embedding. */
public final class DecoderForEmbeddings {
    private DecoderForEmbeddings() {}

    /**
     * Checks configuration and weights without libtorch.
     *
     * @throws UnloadableModelException if the folder cannot be loaded
     */
    public static EncoderFacts inspect(Path folder) {
        DecoderConfig config = DecoderConfig.readForEmbeddings(folder);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            return facts(config, DecoderWeights.withoutHead(checkpoint, config));
        }
    }

    /**
     * Loads the network. It copies all weights, so the files may go away afterwards.
     *
     * @throws UnloadableModelException if the folder cannot be loaded
     */
    public static Encoder load(Path folder, Pooling pooling, EncoderOptions options) {
        DecoderConfig config = DecoderConfig.readForEmbeddings(folder);
        try (Checkpoint checkpoint = Checkpoint.open(folder)) {
            DecoderWeights weights = DecoderWeights.withoutHead(checkpoint, config);
            return new TorchEncoder(
                    LoadLlamaModule.forEmbeddings(weights, config, options),
                    facts(config, weights),
                    pooling,
                    options.threads());
        }
    }

    private static EncoderFacts facts(DecoderConfig config, DecoderWeights weights) {
        return new EncoderFacts(
                config.architecture(),
                weights.parameters(),
                config.layers(),
                config.hidden(),
                config.vocabulary(),
                config.contextLength());
    }
}
