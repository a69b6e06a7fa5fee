"""The three networks, as diffusers and transformers build them, and how pictures become latents."""

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

SIDE = 128
LATENTS = 16  # channels of 16 x 16
TOKENS = 40  # of a prompt, padding included
WIDTH = 160  # of the text encoder


def new_vae():
    """128 x 128 x 3 pixels to 16 x 16 x 16 latents and back; make_vae.py sets the encoder."""
    return AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        block_out_channels=(16, 32, 64, 96),
        layers_per_block=1,
        latent_channels=LATENTS,
        norm_num_groups=4,
        scaling_factor=1.0,
        sample_size=SIDE,
        mid_block_add_attention=False,
    )


def new_unet():
    """Input: the noisy latents, then the latents of the picture to edit (zeros when there is none)."""
    return UNet2DConditionModel(
        sample_size=SIDE // 8,
        in_channels=2 * LATENTS,
        out_channels=LATENTS,
        block_out_channels=(96, 192),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        attention_head_dim=4,  # diffusers reads this as the number of heads
        cross_attention_dim=WIDTH,
        norm_num_groups=16,
    )


def new_text_encoder(tokenizer):
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=WIDTH,
            intermediate_size=4 * WIDTH,
            num_hidden_layers=3,
            num_attention_heads=4,
            max_position_embeddings=TOKENS,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def new_scheduler():
    """The cosine schedule ends in pure noise, so that a strong background colour does not leak into the first step."""
    return DDIMScheduler(
        beta_schedule="squaredcos_cap_v2",
        prediction_type="v_prediction",
        timestep_spacing="trailing",
        clip_sample=False,
        steps_offset=0,
    )


def load_vae(folder):
    return AutoencoderKL.from_pretrained(folder, torch_dtype=torch.float32, low_cpu_mem_usage=False)


def load_unet(folder):
    return UNet2DConditionModel.from_pretrained(folder, torch_dtype=torch.float32, low_cpu_mem_usage=False)


def to_signal(pictures):
    """[n, 128, 128, 3] uint8 to [n, 3, 128, 128] in -1..1."""
    return torch.as_tensor(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1


def to_pictures(signal):
    """[n, 3, 128, 128] in -1..1 to [n, 128, 128, 3] uint8."""
    return ((signal.float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()


def encode(vae, signal):
    """Latents of unit variance."""
    return vae.encode(signal).latent_dist.mode() * vae.config.scaling_factor


def decode(vae, latents):
    return vae.decode(latents / vae.config.scaling_factor).sample


def autocast(device):
    return torch.autocast(torch.device(device).type, dtype=torch.bfloat16)
