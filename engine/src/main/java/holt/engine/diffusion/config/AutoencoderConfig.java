package holt.engine.diffusion.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The shape of an AutoencoderKL, from its config.json.
 *
 * @param widths channels per level, from the largest picture to the smallest
 * @param layers residual blocks per level
 * @param scale multiplies latents, after {@code shift} is subtracted, to give unit variance
 */
public record AutoencoderConfig(
        int latentChannels,
        List<Integer> widths,
        int layers,
        int groups,
        double scale,
        double shift,
        boolean attends,
        boolean quantConvolution,
        boolean postQuantConvolution) {

    public static AutoencoderConfig read(Path folder) {
        ConfigFile json = ConfigFile.read(folder);
        json.refuseUnless("_class_name", "AutoencoderKL");
        json.refuseUnless("act_fn", "silu");
        json.refuseUnless("in_channels", "3");
        json.refuseUnless("out_channels", "3");
        json.refuseUnless("latents_mean");
        json.refuseUnless("latents_std");
        List<Integer> widths = json.positives("block_out_channels");
        json.kinds("down_block_types", widths.size(), "DownEncoderBlock2D", "DownEncoderBlock2D");
        json.kinds("up_block_types", widths.size(), "UpDecoderBlock2D", "UpDecoderBlock2D");
        return new AutoencoderConfig(
                json.positive("latent_channels", 4),
                widths,
                json.positive("layers_per_block", 1),
                json.positive("norm_num_groups", 32),
                json.number("scaling_factor", 0.18215),
                json.number("shift_factor", 0),
                json.flag("mid_block_add_attention", true),
                json.flag("use_quant_conv", true),
                json.flag("use_post_quant_conv", true));
    }

    /** Pixels per latent along a side. */
    public int factor() {
        return 1 << (widths.size() - 1);
    }
}
