package holt.engine.embedding;

import holt.engine.ModelFacts;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.decoder.DecoderForEmbeddings;
import holt.engine.encoder.BertFolder;
import holt.engine.encoder.Encoder;
import holt.engine.encoder.EncoderFacts;
import holt.engine.encoder.EncoderOptions;
import holt.engine.torch.DeviceMemory;
import holt.engine.torch.TorchModule;
import java.nio.file.Path;
import java.util.List;

/**
 * Loads embedding models. A model is a Hugging Face folder with a modules.json of sentence-transformers, or with an encoder of the BERT or
 * RoBERTa layout.
 */
public final class EmbeddingModels {
    /** The most tokens of a pass. Longer passes are no faster, but hold up later requests. */
    private static final int CPU_PASS = 2048;

    private static final int GPU_PASS = 16_384;

    private EmbeddingModels() {}

    /** Whether a path is an embedding model. Such a folder may also look like a text model. */
    public static boolean isModel(Path folder) {
        return EmbeddingFolder.isOne(folder);
    }

    /**
     * The file that identifies a model: the config.json of its network.
     *
     * @throws UnloadableModelException if the folder's files are broken
     */
    public static Path head(Path folder) {
        return EmbeddingFolder.read(folder).network().resolve("config.json");
    }

    /**
     * Checks a model as far as that works without libtorch. Call {@link holt.engine.NativeRuntime#prepareTokenizers} first.
     *
     * @throws UnloadableModelException if the model cannot be loaded; the message names the file or key
     */
    public static ModelFacts inspect(Path folder) {
        EmbeddingFolder files = EmbeddingFolder.read(folder);
        FolderInputTokenizer.load(files).close();
        EncoderFacts facts = inspect(files);
        return new ModelFacts(facts.architecture(), facts.parameters());
    }

    private static EncoderFacts inspect(EmbeddingFolder files) {
        return BertFolder.isEncoder(files.network())
                ? BertFolder.inspect(files.network())
                : DecoderForEmbeddings.inspect(files.network());
    }

    /**
     * Loads a model and starts its engine. Call {@link holt.engine.NativeRuntime#prepare} first.
     *
     * @throws UnloadableModelException if the model cannot be loaded, or the device has too little memory; the message names the file or key
     */
    public static EmbeddingEngine load(Path folder, EmbeddingModelOptions options) {
        String dtype = options.dtype() == null ? "fp32" : options.dtype();
        if (!List.of("fp32", "bf16").contains(dtype)) {
            throw new UnloadableModelException(
                    "%s: embedding models have the dtype fp32 or bf16, not %s"
                            .formatted(folder, dtype));
        }
        EmbeddingFolder files = EmbeddingFolder.read(folder);
        String device = TorchModule.resolve(options.device());
        int width = dtype.equals("fp32") ? Float.BYTES : Short.BYTES;
        DeviceMemory.require(folder, device, inspect(files).parameters() * width);
        FolderInputTokenizer tokenizer = FolderInputTokenizer.load(files);
        try {
            Encoder encoder = encoder(files, new EncoderOptions(device, dtype, options.threads()));
            EncoderFacts facts = encoder.facts();
            var info =
                    new EmbeddingModelInfo(
                            ModelFiles.nameOf(folder),
                            facts.architecture(),
                            facts.parameters(),
                            facts.width(),
                            Math.min(files.maxTokens(), facts.maxTokens()),
                            dtype,
                            device);
            return new BatchingEmbeddingEngine(
                            info,
                            encoder,
                            tokenizer,
                            files.unit(),
                            device.equals("cpu") ? CPU_PASS : GPU_PASS)
                    .start();
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    private static Encoder encoder(EmbeddingFolder files, EncoderOptions options) {
        return BertFolder.isEncoder(files.network())
                ? BertFolder.load(files.network(), files.pooling(), options)
                : DecoderForEmbeddings.load(files.network(), files.pooling(), options);
    }
}
