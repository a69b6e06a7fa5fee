package holt.engine.encoder;

import ai.djl.pytorch.jni.IValue;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.checkpoint.StoredTensor;
import holt.engine.torch.TorchModule;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** A Hugging Face folder of the BERT or RoBERTa layout. */
public final class BertFolder {
    private BertFolder() {}

    /** Whether the folder's config.json names such an encoder. */
    public static boolean isEncoder(Path folder) {
        return BertConfig.isEncoder(ModelFiles.jsonIfPresent(folder, "config.json"));
    }

    /**
     * Checks configuration and weights without libtorch.
     *
     * @throws UnloadableModelException if the folder cannot be loaded
     */
    public static EncoderFacts inspect(Path folder) {
        BertConfig config = BertConfig.read(folder);
        try (Checkpoint checkpoint = open(folder)) {
            weights(checkpoint, config);
        }
        return config.facts();
    }

    /**
     * Loads the network. It copies all weights, so the files may go away afterwards.
     *
     * @throws UnloadableModelException if the folder cannot be loaded
     */
    public static Encoder load(Path folder, Pooling pooling, EncoderOptions options) {
        BertConfig config = BertConfig.read(folder);
        try (Checkpoint checkpoint = open(folder)) {
            Map<String, StoredTensor> weights = weights(checkpoint, config);
            TorchModule module = TorchModule.load(BertFolder.class, "bert.pt", options.device());
            try {
                module.call(
                        "configure",
                        IValue.from(config.heads()),
                        IValue.from(config.epsilon()),
                        IValue.from(config.activation()),
                        IValue.from(config.firstPosition()),
                        IValue.from(options.dtype()));
                weights.forEach(module::put);
                return new TorchEncoder(module, config.facts(), pooling, options.threads());
            } catch (RuntimeException e) {
                module.close();
                throw e;
            }
        }
    }

    /** Older checkpoints hold the numbers 0, 1, 2 ... beside the weights. */
    private static Checkpoint open(Path folder) {
        return Checkpoint.open(folder, "model", name -> !name.endsWith(".position_ids"));
    }

    /** The encoder's own weights. A checkpoint may name them with a prefix and have further networks beside it, such as a pooler. */
    private static Map<String, StoredTensor> weights(Checkpoint checkpoint, BertConfig config) {
        Map<String, StoredTensor> weights = new LinkedHashMap<>();
        checkpoint
                .tensors()
                .forEach((name, tensor) -> {
                    String own = name.replaceFirst("^(bert|roberta)\\.", "");
                    if (own.startsWith("embeddings.") || own.startsWith("encoder.")) {
                        weights.put(own, tensor);
                    }
                });
        config.tensors().check(weights, config.architecture());
        return weights;
    }
}
