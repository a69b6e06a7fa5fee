package holt.engine.diffusion.config;

import holt.engine.checkpoint.ExpectedTensors;

/** The weights of a residual block. */
final class ResnetTensors {
    private ResnetTensors() {}

    /** @param time width of the time embedding; 0 if the block has none */
    static void add(ExpectedTensors to, String name, long in, long out, long time) {
        to.norm(name + ".norm1", in);
        to.convolution(name + ".conv1", out, in, 3);
        if (time > 0) {
            to.linear(name + ".time_emb_proj", out, time);
        }
        to.norm(name + ".norm2", out);
        to.convolution(name + ".conv2", out, out, 3);
        if (in != out) {
            to.convolution(name + ".conv_shortcut", out, in, 1);
        }
    }
}
