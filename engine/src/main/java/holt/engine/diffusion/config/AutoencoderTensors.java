package holt.engine.diffusion.config;

import holt.engine.checkpoint.ExpectedTensors;

/** The weights of an autoencoder, from its configuration, under diffusers' names. */
public final class AutoencoderTensors {
    private final AutoencoderConfig config;
    private final ExpectedTensors tensors = new ExpectedTensors();

    private AutoencoderTensors(AutoencoderConfig config) {
        this.config = config;
    }

    public static ExpectedTensors of(AutoencoderConfig config) {
        AutoencoderTensors all = new AutoencoderTensors(config);
        all.encoder();
        all.decoder();
        return all.tensors;
    }

    private void encoder() {
        int channels = 2 * config.latentChannels(); // mean and log variance
        int out = config.widths().getFirst();
        tensors.convolution("encoder.conv_in", out, 3, 3);
        for (int level = 0; level < config.widths().size(); level++) {
            String block = "encoder.down_blocks." + level;
            int in = out;
            out = config.widths().get(level);
            resnets(block, in, out, config.layers());
            if (level < config.widths().size() - 1) {
                tensors.convolution(block + ".downsamplers.0.conv", out, out, 3);
            }
        }
        middle("encoder.mid_block");
        tensors.norm("encoder.conv_norm_out", out);
        tensors.convolution("encoder.conv_out", channels, out, 3);
        if (config.quantConvolution()) {
            tensors.convolution("quant_conv", channels, channels, 1);
        }
    }

    private void decoder() {
        int channels = config.latentChannels();
        int out = config.widths().getLast();
        if (config.postQuantConvolution()) {
            tensors.convolution("post_quant_conv", channels, channels, 1);
        }
        tensors.convolution("decoder.conv_in", out, channels, 3);
        middle("decoder.mid_block");
        for (int level = config.widths().size() - 1; level >= 0; level--) {
            String block = "decoder.up_blocks." + (config.widths().size() - 1 - level);
            int in = out;
            out = config.widths().get(level);
            resnets(block, in, out, config.layers() + 1);
            if (level > 0) {
                tensors.convolution(block + ".upsamplers.0.conv", out, out, 3);
            }
        }
        tensors.norm("decoder.conv_norm_out", out);
        tensors.convolution("decoder.conv_out", 3, out, 3);
    }

    private void resnets(String block, int in, int out, int count) {
        for (int i = 0; i < count; i++) {
            ResnetTensors.add(tensors, block + ".resnets." + i, i == 0 ? in : out, out, 0);
        }
    }

    private void middle(String name) {
        int width = config.widths().getLast();
        ResnetTensors.add(tensors, name + ".resnets.0", width, width, 0);
        if (config.attends()) {
            tensors.norm(name + ".attentions.0.group_norm", width);
            for (String part : new String[] {"to_q", "to_k", "to_v", "to_out.0"}) {
                tensors.linear(name + ".attentions.0." + part, width, width);
            }
        }
        ResnetTensors.add(tensors, name + ".resnets.1", width, width, 0);
    }
}
