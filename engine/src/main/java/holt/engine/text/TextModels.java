package holt.engine.text;

import holt.engine.ModelFacts;
import holt.engine.UnloadableModelException;
import holt.engine.checkpoint.ModelFiles;
import holt.engine.decoder.DecoderFolder;
import holt.engine.decoder.DecoderOptions;
import holt.engine.decoder.TorchDecoder;
import holt.engine.tokenizer.TextTokenizer;
import holt.engine.torch.TorchModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Loads text models from Hugging Face folders - config.json, tokenizer.json, a chat template, *.safetensors - or from GGUF files. */
public final class TextModels {
    private TextModels() {}

    /**
     * Loads a model and starts its engine. {@link holt.engine.NativeRuntime#prepare} must have been called.
     *
     * @throws UnloadableModelException if the folder cannot be served; the message says which file or key is at fault
     */
    public static TextEngine load(Path folder, TextModelOptions options) {
        if (!Files.isDirectory(folder) && !isModel(folder)) {
            throw new UnloadableModelException(folder + " is neither a folder nor a GGUF file");
        }
        TextTokenizer tokenizer = TextTokenizer.load(folder);
        try {
            return load(folder, options, tokenizer);
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Whether something is, or was meant to be, a text model: a folder with a config.json, a GGUF file, or a folder with one. */
    public static boolean isModel(Path model) {
        return ModelFiles.head(model).isPresent();
    }

    /**
     * The file that says what a model is: its config.json, or its GGUF file.
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
     * Checks what can be checked without libtorch. {@link holt.engine.NativeRuntime#prepareTokenizers} must have been called.
     *
     * @throws UnloadableModelException if the folder cannot be served; the message says which file or key is at fault
     */
    public static ModelFacts inspect(Path folder) {
        try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
            PromptWriter.load(folder, tokenizer);
            return DecoderFolder.inspect(folder);
        }
    }

    private static TextEngine load(Path folder, TextModelOptions options, TextTokenizer tokenizer) {
        PromptWriter prompts = PromptWriter.load(folder, tokenizer);
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
        var voice =
                new ModelVoice(
                        endTokens(folder, prompts, tokenizer), tokenizer::decode, tokenizer::text);
        var conversation =
                new BatchingTextEngine.Conversation(prompts::write, voice, tokenizer::close);
        return new BatchingTextEngine(info, decoder, conversation, options.prefillChunk()).start();
    }

    /** Every id that any of the folder's files calls an end of sequence. */
    private static Set<Long> endTokens(Path folder, PromptWriter prompts, TextTokenizer tokenizer) {
        Set<Long> ids = new HashSet<>(tokenizer.idsOf(prompts.endTokens()));
        addIds(ids, ModelFiles.json(folder, "config.json").path("eos_token_id"));
        addIds(
                ids,
                ModelFiles.jsonIfPresent(folder, "generation_config.json").path("eos_token_id"));
        return Set.copyOf(ids);
    }

    private static void addIds(Set<Long> ids, JsonNode node) {
        if (node.isIntegralNumber()) {
            ids.add(node.asLong());
        }
        node.forEach(id -> addIds(ids, id));
    }
}
