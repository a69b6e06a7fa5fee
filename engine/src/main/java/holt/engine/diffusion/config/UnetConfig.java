package holt.engine.diffusion.config;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * The shape of a UNet2DConditionModel, from its config.json. Lists go from the largest picture to the smallest.
 *
 * @param heads attention heads per level
 * @param attendsDown whether the down blocks of a level attend to the prompt
 * @param attendsUp the same for the up blocks, in their order
 * @param textWidth width of an encoded prompt token
 * @param pooledWidth width of the pooled embedding; 0 if the model does not take one (only SDXL does)
 * @param sizeWidth width of the embedding of each of the six sizes; 0 if the model does not take them
 * @param side the side length of its training latents
 */
public record UnetConfig(
        int inChannels,
        int outChannels,
        List<Integer> widths,
        List<Integer> layers,
        List<Integer> transformerLayers,
        List<Integer> heads,
        List<Boolean> attendsDown,
        List<Boolean> attendsUp,
        int textWidth,
        int groups,
        double epsilon,
        boolean linearProjection,
        int pooledWidth,
        int sizeWidth,
        boolean cosineFirst,
        double frequencyShift,
        int side) {

    private static final int SIZES = 6; // original height and width, crop, target height and width

    /** Keys that must have their default, because the network supports nothing else. Each row: key, supported values. */
    private static final String[][] FIXED = {
        {"_class_name", "UNet2DConditionModel"},
        {"center_input_sample", "false"},
        {"act_fn", "silu"},
        {"resnet_time_scale_shift", "default"},
        {"time_embedding_type", "positional"},
        {"mid_block_type", "UNetMidBlock2DCrossAttn"},
        {"conv_in_kernel", "3"},
        {"conv_out_kernel", "3"},
        {"downsample_padding", "1"},
        {"mid_block_scale_factor", "1", "1.0"},
        {"resnet_out_scale_factor", "1", "1.0"},
        {"only_cross_attention", "false"},
        {"dual_cross_attention", "false"},
        {"resnet_skip_time_act", "false"},
        {"class_embeddings_concat", "false"},
        {"attention_type", "default"},
        {"addition_embed_type", "text_time"},
        {"class_embed_type"},
        {"num_class_embeds"},
        {"encoder_hid_dim"},
        {"encoder_hid_dim_type"},
        {"time_cond_proj_dim"},
        {"time_embedding_dim"},
        {"time_embedding_act_fn"},
        {"timestep_post_act"},
        {"cross_attention_norm"},
        {"mid_block_only_cross_attention"},
        {"reverse_transformer_layers_per_block"},
    };

    public static UnetConfig read(Path folder) {
        ConfigFile json = ConfigFile.read(folder);
        for (String[] fixed : FIXED) {
            json.refuseUnless(fixed[0], Arrays.copyOfRange(fixed, 1, fixed.length));
        }
        List<Integer> widths = json.positives("block_out_channels");
        int levels = widths.size();
        String headsKey =
                json.node().hasNonNull("num_attention_heads")
                        ? "num_attention_heads"
                        : "attention_head_dim"; // misnamed in diffusers
        List<Integer> heads = json.perLevel(headsKey, levels, 8);
        for (int level = 0; level < levels; level++) {
            if (widths.get(level) % heads.get(level) != 0) {
                throw json.unsupported(headsKey);
            }
        }
        boolean added = json.node().hasNonNull("addition_embed_type");
        int sizeWidth = added ? json.positive("addition_time_embed_dim") : 0;
        return new UnetConfig(
                json.positive("in_channels", 4),
                json.positive("out_channels", 4),
                widths,
                json.perLevel("layers_per_block", levels, 2),
                json.perLevel("transformer_layers_per_block", levels, 1),
                heads,
                json.kinds("down_block_types", levels, "CrossAttnDownBlock2D", "DownBlock2D"),
                json.kinds("up_block_types", levels, "CrossAttnUpBlock2D", "UpBlock2D"),
                json.positive("cross_attention_dim", 1280),
                json.positive("norm_num_groups", 32),
                json.number("norm_eps", 1e-5),
                json.flag("use_linear_projection", false),
                added
                        ? json.positive("projection_class_embeddings_input_dim") - SIZES * sizeWidth
                        : 0,
                sizeWidth,
                json.flag("flip_sin_to_cos", true),
                json.number("freq_shift", 0),
                json.positive("sample_size"));
    }

    int levels() {
        return widths.size();
    }

    /**
     * About the memory that one row of a step takes, in bytes: the skip connections, and a dozen arrays of the largest
     * level.
     */
    public long bytesPerRow(int height, int width) {
        long kept = 0;
        for (int level = 0; level < levels(); level++) {
            long positions = (long) (height >> level) * (width >> level);
            kept += (layers.get(level) + 1L) * widths.get(level) * positions;
        }
        return Float.BYTES * (kept + 12L * widths.getFirst() * height * width);
    }
}
