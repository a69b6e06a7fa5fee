package holt.engine.diffusion;

import ai.djl.pytorch.jni.IValue;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.checkpoint.ExpectedTensors;
import holt.engine.diffusion.config.ClipConfig;
import holt.engine.tokenizer.ClipTokenizer;
import java.nio.file.Path;

/** A CLIP text encoder in libtorch, in fp32, with its tokenizer. {@code holt_clip.py} has the arithmetic. */
final class TextEncoder implements AutoCloseable {
    private final ClipConfig config;
    private final ClipTokenizer tokenizer;
    private final Network network;
    private final long parameters;

    private TextEncoder(
            ClipConfig config, ClipTokenizer tokenizer, Network network, long parameters) {
        this.config = config;
        this.tokenizer = tokenizer;
        this.network = network;
        this.parameters = parameters;
    }

    /** @param penultimate whether to take the tokens before the last layer, as SDXL does */
    static TextEncoder load(
            Path weightsFolder, Path tokenizerFolder, boolean penultimate, String device) {
        ClipConfig config = ClipConfig.read(weightsFolder);
        ExpectedTensors expected = config.tensors();
        ClipTokenizer tokenizer =
                ClipTokenizer.load(tokenizerFolder, config.length(), config.vocabulary());
        try (Checkpoint weights = weights(weightsFolder)) {
            Network network =
                    Network.load(
                            "clip",
                            device,
                            module ->
                                    module.call(
                                            "configure",
                                            IValue.from(config.heads()),
                                            IValue.from(config.layers()),
                                            IValue.from(config.epsilon()),
                                            IValue.from(config.quick()),
                                            IValue.from(penultimate)),
                            expected,
                            weights.tensors());
            return new TextEncoder(config, tokenizer, network, expected.parameters());
        } catch (RuntimeException e) {
            tokenizer.close();
            throw e;
        }
    }

    /** Opens the weights. The caller closes them. */
    static Checkpoint weights(Path folder) {
        return Checkpoint.open(folder, "model", name -> !name.endsWith(".position_ids"));
    }

    int width() {
        return config.width();
    }

    int pooledWidth() {
        return config.pooledWidth();
    }

    int length() {
        return tokenizer.length();
    }

    long parameters() {
        return parameters;
    }

    /** Encodes a prompt. */
    Conditioning encode(String text) {
        ClipTokenizer.Encoded encoded = tokenizer.encode(text);
        float[][] result = network.run("encode", encoded.ids(), config.endOf(encoded.ids()));
        return new Conditioning(result[0], result[1], encoded.ignored());
    }

    @Override
    public void close() {
        tokenizer.close();
        network.close();
    }
}
