package holt.engine.diffusion;

import ai.djl.pytorch.jni.IValue;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.checkpoint.ExpectedTensors;
import holt.engine.checkpoint.StoredTensor;
import holt.engine.diffusion.Network.Numbers;
import holt.engine.diffusion.config.AutoencoderConfig;
import holt.engine.diffusion.config.AutoencoderTensors;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The autoencoder in libtorch, in fp32. {@code holt_vae.py} has the arithmetic. */
final class Autoencoder implements AutoCloseable {
    /** The attention names in checkpoints of 2022, and those of today. */
    private static final Map<String, String> NEW_NAMES =
            Map.of(
                    ".query.", ".to_q.",
                    ".key.", ".to_k.",
                    ".value.", ".to_v.",
                    ".proj_attn.", ".to_out.0.");

    private final AutoencoderConfig config;
    private final Network network;
    private final long parameters;

    private Autoencoder(AutoencoderConfig config, Network network, long parameters) {
        this.config = config;
        this.network = network;
        this.parameters = parameters;
    }

    static Autoencoder load(Path folder, AutoencoderConfig config, String device) {
        ExpectedTensors expected = AutoencoderTensors.of(config);
        try (Checkpoint weights = Checkpoint.open(folder, "diffusion_pytorch_model", _ -> true)) {
            Network network =
                    Network.load(
                            "vae",
                            device,
                            module -> module.call("configure", IValue.from(config.groups())),
                            expected,
                            newlyNamed(weights.tensors()));
            return new Autoencoder(config, network, expected.parameters());
        }
    }

    static Map<String, StoredTensor> newlyNamed(Map<String, StoredTensor> tensors) {
        Map<String, StoredTensor> renamed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> {
            String newName = name;
            if (name.contains(".attentions.")) {
                for (Map.Entry<String, String> entry : NEW_NAMES.entrySet()) {
                    newName = newName.replace(entry.getKey(), entry.getValue());
                }
            }
            renamed.put(newName, tensor);
        });
        return renamed;
    }

    long parameters() {
        return parameters;
    }

    /** Encodes pixels, [3, height, width] in -1..1, to the mean of their latents, [channels, height, width]. */
    float[] encode(float[] pixels, LatentSize size) {
        long factor = config.factor();
        return network.run(
                "encode", new Numbers(pixels, 1, 3, size.height() * factor, size.width() * factor));
    }

    /** Decodes latents, [channels, height, width], to pixels, [3, height, width]. */
    float[] decode(float[] latents, LatentSize size) {
        return network.run(
                "decode",
                new Numbers(latents, 1, config.latentChannels(), size.height(), size.width()));
    }

    @Override
    public void close() {
        network.close();
    }
}
