"""PyTorch eager's side of the benchmark Denoise. Needs torch and diffusers with transformers.

    python denoise.py FOLDER SHAPE

Writes a diffusers folder with random weights, says "ready", and for each line "rows height width steps" on its input
runs the UNet so often on one thread and says the median milliseconds of a step.
"""

import json
import pathlib
import sys
import time

import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionPipeline, UNet2DConditionModel
from tokenizers.pre_tokenizers import ByteLevel
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

START, END = "<|startoftext|>", "<|endoftext|>"
TOKENS = 77
SHAPES = {
    # https://huggingface.co/stable-diffusion-v1-5/stable-diffusion-v1-5/blob/main/unet/config.json
    "sd15": dict(sample_size=64, cross_attention_dim=768, attention_head_dim=8),
    "small": dict(
        sample_size=32,
        cross_attention_dim=160,
        attention_head_dim=4,
        block_out_channels=(96, 192),
        layers_per_block=1,
        down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
        up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
        norm_num_groups=16,
    ),
}


def new_tokenizer(folder: pathlib.Path) -> CLIPTokenizer:
    """Single letters only."""
    alphabet = sorted(ByteLevel.alphabet())
    words = [*alphabet, *(letter + "</w>" for letter in alphabet), START, END]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps({word: i for i, word in enumerate(words)}, ensure_ascii=False))
    (folder / "merges.txt").write_text("#version: 0.2\n")
    return CLIPTokenizer(folder / "vocab.json", folder / "merges.txt", model_max_length=TOKENS)


def new_text_encoder(tokenizer: CLIPTokenizer, width: int) -> CLIPTextModel:
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=len(tokenizer),
            hidden_size=width,
            intermediate_size=width,
            num_hidden_layers=1,
            num_attention_heads=4,
            max_position_embeddings=TOKENS,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def write(folder: pathlib.Path, shape: dict) -> UNet2DConditionModel:
    unet = UNet2DConditionModel(**shape).eval()
    tokenizer = new_tokenizer(folder / "tokenizer")
    StableDiffusionPipeline(
        vae=AutoencoderKL(block_out_channels=(32,) * 4, down_block_types=("DownEncoderBlock2D",) * 4, up_block_types=("UpDecoderBlock2D",) * 4),
        text_encoder=new_text_encoder(tokenizer, shape["cross_attention_dim"]),
        tokenizer=tokenizer,
        unet=unet,
        scheduler=DDIMScheduler(beta_schedule="scaled_linear", clip_sample=False),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    ).save_pretrained(folder)
    return unet


def median_step(unet: UNet2DConditionModel, rows: int, height: int, width: int, steps: int) -> float:
    latents = torch.randn(rows, unet.config.in_channels, height, width)
    text = torch.randn(rows, TOKENS, unet.config.cross_attention_dim)
    times = []
    for step in range(steps):
        begun = time.perf_counter()
        unet(latents, torch.full((rows,), 999 - step), text, return_dict=False)
        times.append(1000 * (time.perf_counter() - begun))
    return sorted(times)[len(times) // 2]


def main() -> None:
    torch.set_num_threads(1)
    torch.manual_seed(0)
    unet = write(pathlib.Path(sys.argv[1]), SHAPES[sys.argv[2]])
    print("ready", flush=True)
    with torch.inference_mode():
        for line in sys.stdin:
            print(median_step(unet, *map(int, line.split())), flush=True)


main()
