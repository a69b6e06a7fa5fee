package holt.engine.text;

import holt.engine.ModelFacts;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.decoder.DecoderFolder;
import holt.engine.decoder.DecoderOptions;
import holt.engine.decoder.TorchDecoder;
import holt.engine.text.sampling.SamplingDefaults;
import holt.engine.torch.TorchModule;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Loads text models. A model is a Hugging Face folder with config.json, tokenizer.json, a chat template and safetensors
 * files, or a GGUF file.
 */
public final class TextModels {
    private TextModels() {}

    /**
     * Loads a model and starts its engine. Call {@link holt.engine.NativeRuntime#prepare} first.
     *
     * @throws UnloadableModelException if the model cannot be loaded; the message names the file or key
     */
    public static TextEngine load(Path folder, TextModelOptions options) {
        if (!Files.isDirectory(folder) && !isModel(folder)) {
            throw new UnloadableModelException(folder + " is neither a folder nor a GGUF file");
        }
        FolderChatTokenizer tokenizer = FolderChatTokenizer.load(folder, options.calls());
        try {
            return load(folder, options, tokenizer);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Whether a path is a text model: a folder with a config.json, a GGUF file, or a folder with a GGUF file. */
    public static boolean isModel(Path model) {
        return ModelFiles.head(model).isPresent();
    }

    /**
     * The file that identifies a model: its config.json or its GGUF file.
     *
     * @throws UnloadableModelException if there is none
     */
    public static Path head(Path model) {
        return ModelFiles.head(model)
                .orElseThrow(() ->
                        new UnloadableModelException(
                                model + " has neither a config.json nor a GGUF file"));
    }

    /**
     * Checks a model as far as that works without libtorch. Call {@link holt.engine.NativeRuntime#prepareTokenizers} first.
     *
     * @throws UnloadableModelException if the model cannot be loaded; the message names the file or key
     */
    public static ModelFacts inspect(Path folder) {
        SamplingDefaults.read(folder);
        FolderChatTokenizer.load(folder, null).close();
        return DecoderFolder.inspect(folder);
    }

    private static TextEngine load(
            Path folder, TextModelOptions options, FolderChatTokenizer tokenizer) {
        String device = TorchModule.resolve(options.device());
        String dtype =
                options.dtype() != null ? options.dtype() : device.equals("cpu") ? "fp16" : "bf16";
        if (dtype.equals("fp16") && !device.equals("cpu")) {
            throw new UnloadableModelException(
                    "fp16 is for the CPU; on " + device + " use bf16 or fp32");
        }
        TorchDecoder decoder =
                TorchDecoder.load(
                        folder,
                        new DecoderOptions(
                                device,
                                dtype,
                                options.maxBatch() + options.keptPrompts(),
                                options.maxContext(),
                                options.cacheBytes(),
                                options.threads()));
        TextModelInfo info =
                new TextModelInfo(
                        ModelFiles.nameOf(folder),
                        decoder.architecture(),
                        decoder.parameters(),
                        decoder.contextLength(),
                        tokenizer.longestTokenBytes(),
                        dtype,
                        device,
                        Math.min(options.maxBatch(), decoder.slots()));
        return new BatchingTextEngine(info, decoder, tokenizer, options.prefillChunk()).start();
    }
}
