package holt.engine.diffusion;

import ai.djl.pytorch.jni.IValue;
import holt.engine.checkpoint.Checkpoint;
import holt.engine.checkpoint.ExpectedTensors;
import holt.engine.diffusion.Network.Numbers;
import holt.engine.torch.TorchModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Says what is noise in latents; the arithmetic is in {@code holt_unet.py}. */
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
     * @param sizes six per row, where the model is told them
     * @return per question [outChannels, height, width]
     */
    List<float[]> predict(List<Question> questions, LatentSize size, float[] sizes) {
        int rows = questions.size();
        float[] latents = concatenated(questions.stream().map(Question::latents).toList());
        float[] text = concatenated(questions.stream().map(each -> each.text().tokens()).toList());
        float[] times = new float[rows];
        for (int i = 0; i < rows; i++) {
            times[i] = (float) questions.get(i).timestep();
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
                        added ? pooled(questions) : UNUSED,
                        added ? new Numbers(sizes, rows, sizes.length / rows) : UNUSED);
        List<float[]> parts = new ArrayList<>();
        int part = all.length / rows;
        for (int i = 0; i < rows; i++) {
            parts.add(Arrays.copyOfRange(all, i * part, (i + 1) * part));
        }
        return parts;
    }

    private Numbers pooled(List<Question> questions) {
        float[] all = concatenated(questions.stream().map(each -> each.text().pooled()).toList());
        return new Numbers(all, questions.size(), config.pooledWidth());
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
