"""Writes tiny random diffusers folders and what `diffusers` computes with them.

    python engine/src/test/python/make_image_fixtures.py

Everything is seeded: a second run writes the same files. Needs torch 2.7, diffusers 0.35 and transformers 4.57.
Each folder has a golden.json. Waves.java has the same formulas for noise and pictures.
"""

import json
import pathlib
import shutil
import sys

import diffusers
import numpy as np
import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from PIL import Image
from safetensors.torch import load_file, save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, trainers
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection, CLIPTokenizer, CLIPTokenizerFast

TARGET = pathlib.Path(__file__).parents[1] / "resources" / "holt" / "engine" / "images"
START, END = "<|startoftext|>", "<|endoftext|>"
WORDS = r"'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+"
LENGTH = 16  # tokens of a prompt
WIDTH = 16  # of the text encoders
TEXTS = ["", "An otter  by the RIVER?", "it's 42 degrees, naïve café", "水獺 🦦 on ice", "otter " * 20]
PROMPT, NEGATIVE = "an otter swims in the river", "blurry"
SIDE = 16  # pixels


def wave(draw: int, *shape: int) -> torch.Tensor:
    return torch.sin(torch.arange(int(np.prod(shape)), dtype=torch.float64) * 0.61 + draw).mul(1.3).float().reshape(shape)


def picture(height: int, width: int) -> Image.Image:
    numbers = np.arange(height * width * 3) * 7 % 256
    return Image.fromarray(numbers.astype(np.uint8).reshape(height, width, 3))


def mask(height: int, width: int) -> Image.Image:
    """The right half may change."""
    whole = np.zeros((height, width), np.uint8)
    whole[:, width // 2 :] = 255
    return Image.fromarray(whole)


def train_tokenizer(folder: pathlib.Path) -> None:
    bpe = Tokenizer(models.BPE(unk_token=END, continuing_subword_prefix="", end_of_word_suffix="</w>"))
    bpe.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Lowercase()])
    bpe.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(WORDS), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=2 * len(alphabet) + 60,
        special_tokens=[*alphabet, *(letter + "</w>" for letter in alphabet)],
        end_of_word_suffix="</w>",
        show_progress=False,
    )
    bpe.train_from_iterator([PROMPT, NEGATIVE, "an otter by the river", "the degrees of the river"] * 4, trainer)
    model = json.loads(bpe.to_str())["model"]
    vocabulary = model["vocab"]
    vocabulary |= {START: len(vocabulary), END: len(vocabulary) + 1}
    merges = ["#version: 0.2", *(" ".join(merge) for merge in model["merges"])]
    folder.mkdir(parents=True)
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False))
    (folder / "merges.txt").write_text("\n".join(merges) + "\n")


def shaken(model: torch.nn.Module, seed: int):
    """Sets norms and biases to values other than one and zero. All numbers are exact in half precision."""
    chance = torch.Generator().manual_seed(seed)
    for name, parameter in model.named_parameters():
        if parameter.dim() == 1:
            parameter.data = 0.1 * torch.randn(parameter.shape, generator=chance) + (0 if name.endswith("bias") else 1)
        parameter.data = parameter.data.half().float()
    return model.eval()


def text_encoder(kind, tokenizer, legacy: bool, seed: int, **options):
    torch.manual_seed(seed)
    config = CLIPTextConfig(
        vocab_size=len(tokenizer),
        hidden_size=WIDTH,
        intermediate_size=2 * WIDTH,
        num_hidden_layers=2,
        num_attention_heads=2,
        max_position_embeddings=LENGTH,
        bos_token_id=0 if legacy else tokenizer.bos_token_id,
        eos_token_id=2 if legacy else tokenizer.eos_token_id,
        **options,
    )
    return shaken(kind(config), seed)


def vae(seed: int, latents: int = 4, **options):
    torch.manual_seed(seed)
    return shaken(
        AutoencoderKL(
            down_block_types=("DownEncoderBlock2D",) * 2,
            up_block_types=("UpDecoderBlock2D",) * 2,
            block_out_channels=(8, 16),
            layers_per_block=1,
            latent_channels=latents,
            norm_num_groups=4,
            sample_size=SIDE,
            **options,
        ),
        seed,
    )


def unet(seed: int, **options):
    torch.manual_seed(seed)
    shape = dict(
        sample_size=SIDE // 2,
        block_out_channels=(8, 16),
        layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        cross_attention_dim=WIDTH,
        norm_num_groups=4,
        attention_head_dim=2,
    )
    return shaken(UNet2DConditionModel(**shape | options), seed)


STABLE = dict(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012)


def parts(seed: int, legacy: bool, pad: str, scheduler, unet_options: dict, text_options: dict, vae_options: dict) -> dict:
    work = TARGET / "tokenizer"
    fast = CLIPTokenizerFast.from_pretrained(work, model_max_length=LENGTH, pad_token=pad)
    return dict(
        tokenizer=CLIPTokenizer.from_pretrained(work, model_max_length=LENGTH, pad_token=pad) if legacy else fast,
        text_encoder=text_encoder(CLIPTextModel, fast, legacy, seed, **text_options),
        unet=unet(seed + 1, **unet_options),
        vae=vae(seed + 2, **vae_options),
        scheduler=scheduler,
    )


def golden_parts(pipeline) -> dict:
    """The results of each network alone."""
    net, autoencoder, batch = pipeline.unet, pipeline.vae, 2
    config = net.config
    levels = len(autoencoder.config.block_out_channels) - 1
    height, width = 7, 9  # odd, so that halving and doubling give another size
    sample = wave(1, batch, config.in_channels, height, width)
    text = wave(2, batch, LENGTH, config.cross_attention_dim)
    added = {}
    if config.addition_embed_type:
        pooled = config.projection_class_embeddings_input_dim - 6 * config.addition_time_embed_dim
        added["text_embeds"] = wave(3, batch, pooled)
        added["time_ids"] = torch.tensor([[16.0, 20, 1, 2, 32, 24], [8, 8, 0, 0, 64, 48]])
    predicted = net(sample, torch.tensor([7.0, 901.5]), text, added_cond_kwargs=added).sample
    pixels = wave(4, 1, 3, height << levels, width << levels)
    latents = wave(5, 1, autoencoder.config.latent_channels, height, width)
    return {
        "unet": predicted.flatten().tolist(),
        "encoded": autoencoder.encode(pixels).latent_dist.mode().flatten().tolist(),
        "decoded": autoencoder.decode(latents).sample.flatten().tolist(),
    }


def golden_texts(tokenizer, encoder, penultimate: bool) -> dict:
    fast = tokenizer if tokenizer.is_fast else CLIPTokenizerFast.from_pretrained(TARGET / "tokenizer", model_max_length=LENGTH)
    ids = [fast(text, padding="max_length", truncation=True, max_length=LENGTH)["input_ids"] for text in TEXTS]
    out = encoder(torch.tensor(ids[1:2]), output_hidden_states=True)
    pooled = out.text_embeds if hasattr(out, "text_embeds") else out.pooler_output
    hidden = out.hidden_states[-2] if penultimate else out.last_hidden_state
    return {"ids": ids, "hidden": hidden.flatten().tolist(), "pooled": pooled.flatten().tolist()}


def deterministic() -> None:
    """Replaces random numbers by waves, in the order of sampling. Encoding takes the mean."""
    draw = iter(range(1000))
    for module in list(sys.modules.values()):
        ours = getattr(module, "__name__", "").startswith("diffusers")
        if ours and "randn_tensor" in vars(module):
            module.randn_tensor = lambda shape, **_: wave(next(draw), *shape)
        if ours and "retrieve_latents" in vars(module):
            module.retrieve_latents = lambda encoded, *_, **__: encoded.latent_dist.mode()


def loop(pipeline, **options) -> dict:
    deterministic()
    pipeline.set_progress_bar_config(disable=True)
    options = dict(prompt=PROMPT, negative_prompt=NEGATIVE, num_inference_steps=4, guidance_scale=3.0) | options
    latents = pipeline(**options, output_type="latent").images
    pixels = pipeline.vae.decode(latents / pipeline.vae.config.scaling_factor).sample
    pixels = ((pixels[0].clamp(-1, 1) + 1) * 127.5).round().int()
    return {"latents": latents.flatten().tolist(), "pixels": pixels.permute(1, 2, 0).flatten().tolist()}


def save(pipeline, name: str, golden: dict, **options) -> None:
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    pipeline.to(dtype=torch.float16).save_pretrained(folder, **options)
    (folder / "golden.json").write_text(json.dumps(rounded(golden)))
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    print(f"{name}: {size} bytes")


def rounded(value):
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, list) else value


def plain(name: str, seed: int, legacy: bool, pad: str, scheduler, kind, inputs: dict, *options: dict) -> None:
    """A folder with one text encoder. `inputs` are the loops: name to (pipeline class, arguments)."""
    components = parts(seed, legacy, pad, scheduler, *options)
    made = kind(**components, safety_checker=None, feature_extractor=None, requires_safety_checker=False)
    golden = golden_parts(made) | {"text": golden_texts(components["tokenizer"], components["text_encoder"], False)}
    for loop_name, (how, arguments) in inputs.items():
        other = how(**components, safety_checker=None, feature_extractor=None, requires_safety_checker=False)
        golden[loop_name] = loop(other, **arguments)
    save(made, name, golden)


def old_names(folder: pathlib.Path) -> None:
    """Converts to the layout of 2022: other names for the autoencoder's attention, and stored text positions."""
    file = folder / "vae" / "diffusion_pytorch_model.safetensors"
    names = {"to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"}
    renamed = {}
    for name, tensor in load_file(file).items():
        for new, old in names.items():
            name = name.replace(new, old)
        renamed[name] = tensor
    save_file(renamed, file, {"format": "pt"})
    file = folder / "text_encoder" / "model.safetensors"
    positions = {"text_model.embeddings.position_ids": torch.arange(LENGTH).unsqueeze(0)}
    save_file(load_file(file) | positions, file, {"format": "pt"})


def xl() -> None:
    work = TARGET / "tokenizer"
    first = CLIPTokenizerFast.from_pretrained(work, model_max_length=LENGTH, pad_token=END)
    second = CLIPTokenizerFast.from_pretrained(work, model_max_length=LENGTH, pad_token="!")
    made = diffusers.StableDiffusionXLPipeline(
        vae=vae(31),
        text_encoder=text_encoder(CLIPTextModel, first, True, 32),
        text_encoder_2=text_encoder(CLIPTextModelWithProjection, second, False, 33, projection_dim=12, hidden_act="gelu"),
        tokenizer=first,
        tokenizer_2=second,
        unet=unet(
            34,
            down_block_types=("DownBlock2D", "CrossAttnDownBlock2D"),
            up_block_types=("CrossAttnUpBlock2D", "UpBlock2D"),
            cross_attention_dim=2 * WIDTH,
            attention_head_dim=[1, 2],
            transformer_layers_per_block=[1, 2],
            use_linear_projection=True,
            addition_embed_type="text_time",
            addition_time_embed_dim=4,
            projection_class_embeddings_input_dim=6 * 4 + 12,
        ),
        scheduler=diffusers.EulerDiscreteScheduler(**STABLE, timestep_spacing="leading", steps_offset=1),
        add_watermarker=False,
    )
    golden = golden_parts(made) | {
        "text": golden_texts(first, made.text_encoder, True),
        "text2": golden_texts(second, made.text_encoder_2, True),
        "loop": loop(made, height=SIDE, width=SIDE),
        "withoutNegative": loop(made, height=SIDE, width=SIDE, negative_prompt=None),
    }
    save(made, "sdxl", golden, variant="fp16")


def main() -> None:
    torch.set_num_threads(1)
    torch.set_grad_enabled(False)
    torch.use_deterministic_algorithms(True)
    shutil.rmtree(TARGET, ignore_errors=True)
    train_tokenizer(TARGET / "tokenizer")
    generate, change, paint, instruct = (
        diffusers.StableDiffusionPipeline,
        diffusers.StableDiffusionImg2ImgPipeline,
        diffusers.StableDiffusionInpaintPipeline,
        diffusers.StableDiffusionInstructPix2PixPipeline,
    )
    size = dict(height=SIDE, width=SIDE)
    source, part = dict(image=picture(SIDE, SIDE)), dict(mask_image=mask(SIDE, SIDE))
    plain("sd1", 1, True, END, diffusers.PNDMScheduler(**STABLE, skip_prk_steps=True, steps_offset=1), generate,
          {"loop": (generate, size), "unguided": (generate, size | dict(guidance_scale=1.0))}, {}, {}, {})
    old_names(TARGET / "sd1")
    # The second version: linear projections, heads per level, another activation, prediction of velocity.
    second = dict(use_linear_projection=True, attention_head_dim=[1, 2], layers_per_block=2, upcast_attention=True)
    plain("sd2", 11, False, "!", diffusers.DDIMScheduler(**STABLE, clip_sample=False, set_alpha_to_one=False, steps_offset=1,
          prediction_type="v_prediction"), generate,
          {"loop": (generate, size), "changed": (change, source | dict(strength=0.6)),
           "painted": (paint, source | part | size | dict(strength=0.8)), "repainted": (paint, source | part | size | dict(strength=1.0))},
          second, dict(hidden_act="gelu"), {})
    plain("inpaint", 21, False, END, diffusers.DPMSolverMultistepScheduler(**STABLE), paint,
          {"repainted": (paint, source | part | size | dict(strength=1.0))}, dict(in_channels=9), {}, {})
    cosine = dict(beta_schedule="squaredcos_cap_v2", prediction_type="v_prediction", timestep_spacing="trailing")
    plain("instruct", 41, False, END, diffusers.EulerAncestralDiscreteScheduler(**STABLE), instruct,
          {"instructed": (instruct, source | dict(image_guidance_scale=1.5))}, dict(in_channels=8), {}, {})
    # The shape of the built-in model: 16 latent channels and a scale of one.
    plain("wide", 51, False, END, diffusers.DDIMScheduler(**cosine, clip_sample=False), instruct,
          {"instructed": (instruct, source | dict(image_guidance_scale=1.5))}, dict(in_channels=32, out_channels=16), {},
          dict(latents=16, scaling_factor=1.0, mid_block_add_attention=False))
    xl()
    shutil.rmtree(TARGET / "tokenizer")


if __name__ == "__main__":
    main()
