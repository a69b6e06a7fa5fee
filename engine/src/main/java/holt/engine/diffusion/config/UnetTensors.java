package holt.engine.diffusion.config;

import holt.engine.checkpoint.ExpectedTensors;

/** The weights of a UNet, from its configuration, under diffusers' names. */
public final class UnetTensors {
    private final UnetConfig config;
    private final ExpectedTensors tensors = new ExpectedTensors();
    private final long time; // width of the time embedding

    private UnetTensors(UnetConfig config) {
        this.config = config;
        this.time = 4L * config.widths().getFirst();
    }

    public static ExpectedTensors of(UnetConfig config) {
        UnetTensors all = new UnetTensors(config);
        all.ends();
        all.down();
        all.middle();
        all.up();
        return all.tensors;
    }

    private void ends() {
        int first = config.widths().getFirst();
        tensors.convolution("conv_in", first, config.inChannels(), 3);
        tensors.linear("time_embedding.linear_1", time, first);
        tensors.linear("time_embedding.linear_2", time, time);
        if (config.sizeWidth() > 0) {
            tensors.linear(
                    "add_embedding.linear_1", time, config.pooledWidth() + 6L * config.sizeWidth());
            tensors.linear("add_embedding.linear_2", time, time);
        }
        tensors.norm("conv_norm_out", first);
        tensors.convolution("conv_out", config.outChannels(), first, 3);
    }

    private void down() {
        int out = config.widths().getFirst();
        for (int level = 0; level < config.levels(); level++) {
            String block = "down_blocks." + level;
            int in = out;
            out = config.widths().get(level);
            for (int i = 0; i < config.layers().get(level); i++) {
                ResnetTensors.add(tensors, block + ".resnets." + i, i == 0 ? in : out, out, time);
                if (config.attendsDown().get(level)) {
                    transformer(block + ".attentions." + i, level);
                }
            }
            if (level < config.levels() - 1) {
                tensors.convolution(block + ".downsamplers.0.conv", out, out, 3);
            }
        }
    }

    private void middle() {
        int width = config.widths().getLast();
        ResnetTensors.add(tensors, "mid_block.resnets.0", width, width, time);
        transformer("mid_block.attentions.0", config.levels() - 1);
        ResnetTensors.add(tensors, "mid_block.resnets.1", width, width, time);
    }

    private void up() {
        int before = config.widths().getLast();
        for (int index = 0; index < config.levels(); index++) {
            int level = config.levels() - 1 - index;
            String block = "up_blocks." + index;
            int out = config.widths().get(level);
            int layers = config.layers().get(level);
            for (int i = 0; i <= layers; i++) {
                int skip = i < layers ? out : config.widths().get(Math.max(0, level - 1));
                int in = (i == 0 ? before : out) + skip;
                ResnetTensors.add(tensors, block + ".resnets." + i, in, out, time);
                if (config.attendsUp().get(index)) {
                    transformer(block + ".attentions." + i, level);
                }
            }
            if (level > 0) {
                tensors.convolution(block + ".upsamplers.0.conv", out, out, 3);
            }
            before = out;
        }
    }

    private void transformer(String name, int level) {
        long width = config.widths().get(level);
        tensors.norm(name + ".norm", width);
        for (String projection : new String[] {".proj_in", ".proj_out"}) {
            if (config.linearProjection()) {
                tensors.linear(name + projection, width, width);
            } else {
                tensors.convolution(name + projection, width, width, 1);
            }
        }
        for (int i = 0; i < config.transformerLayers().get(level); i++) {
            String block = name + ".transformer_blocks." + i;
            tensors.norm(block + ".norm1", width);
            attention(block + ".attn1", width, width);
            tensors.norm(block + ".norm2", width);
            attention(block + ".attn2", width, config.textWidth());
            tensors.norm(block + ".norm3", width);
            tensors.linear(block + ".ff.net.0.proj", 8 * width, width); // half of it is the gate
            tensors.linear(block + ".ff.net.2", width, 4 * width);
        }
    }

    private void attention(String name, long width, long context) {
        tensors.linearWithoutBias(name + ".to_q", width, width);
        tensors.linearWithoutBias(name + ".to_k", width, context);
        tensors.linearWithoutBias(name + ".to_v", width, context);
        tensors.linear(name + ".to_out.0", width, width);
    }
}
