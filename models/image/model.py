"""The three networks, as diffusers and transformers build them, and how pictures become latents."""

import torch
from diffusers import AutoencoderKL, DDIMScheduler, UNet2DConditionModel
from transformers import CLIPTextConfig, CLIPTextModel

from meaning import REGISTERS

SIDE = 64
BLOCK = 4  # pixels of a latent, along a side
LATENTS = 16  # channels of 16 x 16
TOKENS = 32 + REGISTERS  # of a prompt, padding included; what it asks for stands in the first 32
WIDTH = 128  # of the text encoder
VAE_WIDTHS = (16, 48, 64)


def new_vae():
    """64 x 64 x 3 pixels to 16 x 16 x 16 latents and back; make_vae.py sets the encoder."""
    return AutoencoderKL(
        down_block_types=("DownEncoderBlock2D",) * len(VAE_WIDTHS),
        up_block_types=("UpDecoderBlock2D",) * len(VAE_WIDTHS),
        block_out_channels=VAE_WIDTHS,
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
        sample_size=SIDE // BLOCK,
        in_channels=2 * LATENTS,
        out_channels=LATENTS,
        block_out_channels=(48, 128, 160),
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
        layers_per_block=1,
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


def tokens_of(tokenizer, texts):
    return tokenizer(texts, padding="max_length", truncation=True, max_length=TOKENS, return_tensors="pt")["input_ids"]


def load_text_encoder(folder):
    return CLIPTextModel.from_pretrained(folder, dtype=torch.float32)


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
    """[n, 64, 64, 3] uint8 to [n, 3, 64, 64] in -1..1."""
    return torch.as_tensor(pictures).permute(0, 3, 1, 2).float() / 127.5 - 1


def to_pictures(signal):
    """[n, 3, 64, 64] in -1..1 to [n, 64, 64, 3] uint8."""
    return ((signal.float().clamp(-1, 1) + 1) * 127.5).round().byte().permute(0, 2, 3, 1).cpu().numpy()


def encode(vae, signal):
    """Latents of unit variance."""
    return vae.encode(signal).latent_dist.mode() * vae.config.scaling_factor


def decode(vae, latents):
    return vae.decode(latents / vae.config.scaling_factor).sample


def autocast(device):
    return torch.autocast(torch.device(device).type, dtype=torch.bfloat16)
