package holt.engine.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import holt.engine.diffusion.config.AutoencoderConfig;
import holt.engine.diffusion.config.AutoencoderTensors;
import holt.engine.diffusion.config.ClipConfig;
import holt.engine.diffusion.config.UnetConfig;
import holt.engine.diffusion.config.UnetTensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The configurations of checkpoints that are too large for a test call for as many parameters as those have. */
class RealShapesTest {
    @TempDir Path folder;

    @Test
    void stableDiffusion1() throws IOException {
        write(
                """
                {"_class_name": "UNet2DConditionModel", "act_fn": "silu", "attention_head_dim": 8,
                 "block_out_channels": [320, 640, 1280, 1280], "center_input_sample": false, "cross_attention_dim": 768,
                 "down_block_types":
                   ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
                 "downsample_padding": 1, "flip_sin_to_cos": true, "freq_shift": 0, "in_channels": 4,
                 "layers_per_block": 2, "mid_block_scale_factor": 1, "norm_eps": 1e-05, "norm_num_groups": 32,
                 "out_channels": 4, "sample_size": 64,
                 "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"]}
                """);
        assertThat(UnetTensors.of(UnetConfig.read(folder)).parameters()).isEqualTo(859_520_964);
    }

    @Test
    void stableDiffusion2() throws IOException {
        write(
                """
                {"_class_name": "UNet2DConditionModel", "act_fn": "silu", "attention_head_dim": [5, 10, 20, 20],
                 "block_out_channels": [320, 640, 1280, 1280], "center_input_sample": false, "class_embed_type": null,
                 "cross_attention_dim": 1024,
                 "down_block_types":
                   ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
                 "downsample_padding": 1, "dual_cross_attention": false, "flip_sin_to_cos": true, "freq_shift": 0,
                 "in_channels": 4, "layers_per_block": 2, "mid_block_scale_factor": 1,
                 "mid_block_type": "UNetMidBlock2DCrossAttn", "norm_eps": 1e-05, "norm_num_groups": 32,
                 "num_class_embeds": null, "only_cross_attention": false, "out_channels": 4,
                 "resnet_time_scale_shift": "default", "sample_size": 96,
                 "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
                 "upcast_attention": true, "use_linear_projection": true}
                """);
        assertThat(UnetTensors.of(UnetConfig.read(folder)).parameters()).isEqualTo(865_910_724);
    }

    @Test
    void stableDiffusionXl() throws IOException {
        write(
                """
                {"_class_name": "UNet2DConditionModel", "act_fn": "silu", "addition_embed_type": "text_time",
                 "addition_embed_type_num_heads": 64, "addition_time_embed_dim": 256,
                 "attention_head_dim": [5, 10, 20], "block_out_channels": [320, 640, 1280],
                 "center_input_sample": false, "class_embed_type": null, "class_embeddings_concat": false,
                 "conv_in_kernel": 3, "conv_out_kernel": 3, "cross_attention_dim": 2048, "cross_attention_norm": null,
                 "down_block_types": ["DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"],
                 "downsample_padding": 1, "dual_cross_attention": false, "encoder_hid_dim": null,
                 "encoder_hid_dim_type": null, "flip_sin_to_cos": true, "freq_shift": 0, "in_channels": 4,
                 "layers_per_block": 2, "mid_block_only_cross_attention": null, "mid_block_scale_factor": 1,
                 "mid_block_type": "UNetMidBlock2DCrossAttn", "norm_eps": 1e-05, "norm_num_groups": 32,
                 "num_attention_heads": null, "num_class_embeds": null, "only_cross_attention": false,
                 "out_channels": 4, "projection_class_embeddings_input_dim": 2816, "resnet_out_scale_factor": 1.0,
                 "resnet_skip_time_act": false, "resnet_time_scale_shift": "default", "sample_size": 128,
                 "time_cond_proj_dim": null, "time_embedding_act_fn": null, "time_embedding_dim": null,
                 "time_embedding_type": "positional", "timestep_post_act": null,
                 "transformer_layers_per_block": [1, 2, 10],
                 "up_block_types": ["CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"],
                 "upcast_attention": null, "use_linear_projection": true}
                """);
        UnetConfig config = UnetConfig.read(folder);
        assertThat(UnetTensors.of(config).parameters()).isEqualTo(2_567_463_684L);
        assertThat(config.pooledWidth()).isEqualTo(1280);
    }

    @Test
    void theAutoencoderOfAllThree() throws IOException {
        write(
                """
                {"_class_name": "AutoencoderKL", "act_fn": "silu", "block_out_channels": [128, 256, 512, 512],
                 "down_block_types":
                   ["DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D", "DownEncoderBlock2D"],
                 "in_channels": 3, "latent_channels": 4, "layers_per_block": 2, "norm_num_groups": 32,
                 "out_channels": 3, "sample_size": 512,
                 "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D", "UpDecoderBlock2D"]}
                """);
        AutoencoderConfig config = AutoencoderConfig.read(folder);
        assertThat(AutoencoderTensors.of(config).parameters()).isEqualTo(83_653_863);
        assertThat(config.factor()).isEqualTo(8);
    }

    @Test
    void theTextEncodersOfTheFirstAndOfXl() throws IOException {
        write(
                """
                {"architectures": ["CLIPTextModel"], "eos_token_id": 2, "hidden_act": "quick_gelu",
                 "hidden_size": 768, "intermediate_size": 3072, "layer_norm_eps": 1e-05,
                 "max_position_embeddings": 77, "num_attention_heads": 12, "num_hidden_layers": 12,
                 "projection_dim": 768, "vocab_size": 49408}
                """);
        assertThat(ClipConfig.read(folder).tensors().parameters()).isEqualTo(123_060_480);
        write(
                """
                {"architectures": ["CLIPTextModelWithProjection"], "eos_token_id": 2, "hidden_act": "gelu",
                 "hidden_size": 1280, "intermediate_size": 5120, "layer_norm_eps": 1e-05,
                 "max_position_embeddings": 77, "num_attention_heads": 20, "num_hidden_layers": 32,
                 "projection_dim": 1280, "vocab_size": 49408}
                """);
        assertThat(ClipConfig.read(folder).tensors().parameters()).isEqualTo(694_659_840);
    }

    private void write(String config) throws IOException {
        Files.writeString(folder.resolve("config.json"), config);
    }
}
