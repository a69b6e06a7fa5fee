package holt.engine.diffusion;

import ai.djl.pytorch.jni.IValue;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.checkpoint.ExpectedTensors;
import holt.engine.diffusion.Network.Numbers;
import holt.engine.diffusion.config.UnetConfig;
import holt.engine.diffusion.config.UnetTensors;
import holt.engine.torch.TorchModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The UNet in libtorch. {@code holt_unet.py} has the arithmetic. */
final class Unet implements AutoCloseable {
    private static final Numbers UNUSED = new Numbers(new float[1], 1);

    private final UnetConfig config;
    private final Network network;
    private final long parameters;

    private Unet(UnetConfig config, Network network, long parameters) {
        this.config = config;
        this.network = network;
        this.parameters = parameters;
    }

    static Unet load(Path folder, UnetConfig config, String device, String dtype) {
        ExpectedTensors expected = UnetTensors.of(config);
        try (Checkpoint weights = Checkpoint.open(folder, "diffusion_pytorch_model", _ -> true)) {
            Network network =
                    Network.load(
                            "unet",
                            device,
                            module -> configure(module, config, dtype),
                            expected,
                            weights.tensors());
            return new Unet(config, network, expected.parameters());
        }
    }

    private static void configure(TorchModule module, UnetConfig config, String dtype) {
        module.call(
                "configure",
                IValue.listFrom(config.heads().stream().mapToLong(Integer::longValue).toArray()),
                IValue.from(config.groups()),
                IValue.from(config.epsilon()),
                IValue.from(dtype));
        module.call(
                "embed",
                IValue.from(config.widths().getFirst()),
                IValue.from(config.sizeWidth()),
                IValue.from(config.cosineFirst()),
                IValue.from(config.frequencyShift()));
    }

    long parameters() {
        return parameters;
    }

    /**
     * Runs once.
     *
     * @param sizes [rows, 6]: original height and width, crop, target height and width; only SDXL uses them
     * @return for each row [outChannels, height, width]
     */
    List<float[]> predict(List<UnetInput> inputs, LatentSize size, float[] sizes) {
        int rows = inputs.size();
        float[] latents = concatenated(inputs.stream().map(UnetInput::latents).toList());
        float[] text = concatenated(inputs.stream().map(each -> each.text().tokens()).toList());
        float[] times = new float[rows];
        for (int i = 0; i < rows; i++) {
            times[i] = (float) inputs.get(i).timestep();
        }
        boolean added = config.sizeWidth() > 0;
        float[] all =
                network.run(
                        "step",
                        new Numbers(
                                latents, rows, config.inChannels(), size.height(), size.width()),
                        new Numbers(times, rows),
                        new Numbers(
                                text,
                                rows,
                                text.length / rows / config.textWidth(),
                                config.textWidth()),
                        added ? pooled(inputs) : UNUSED,
                        added ? new Numbers(sizes, rows, sizes.length / rows) : UNUSED);
        List<float[]> parts = new ArrayList<>();
        int part = all.length / rows;
        for (int i = 0; i < rows; i++) {
            parts.add(Arrays.copyOfRange(all, i * part, (i + 1) * part));
        }
        return parts;
    }

    private Numbers pooled(List<UnetInput> inputs) {
        float[] all = concatenated(inputs.stream().map(each -> each.text().pooled()).toList());
        return new Numbers(all, inputs.size(), config.pooledWidth());
    }

    private static float[] concatenated(List<float[]> parts) {
        float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (float[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    @Override
    public void close() {
        network.close();
    }
}
