"""Makes pictures with a folder of export.py: prompts given, or the contact sheet of the 40 held-back ones."""

import argparse
import pathlib

import numpy as np
import torch
from PIL import Image
from transformers import CLIPTokenizerFast

import heldout
from model import (BLOCK, LATENTS, SIDE, decode, encode, load_text_encoder, load_unet, load_vae, new_scheduler, to_pictures,
                   to_signal, tokens_of)

HERE = pathlib.Path(__file__).parent


@torch.no_grad()
def generate(unet, text_encoder, vae, tokenizer, prompts, seed=0, steps=20, guidance=4.0, sources=None, masks=None,
             hold=1.5):
    """Pictures [n, 64, 64, 3] uint8; picture i has the seed `seed + i`.

    With `sources` (pictures to edit) the prompts are instructions, and `hold` is the guidance by the source. With
    `masks` ([n, 64, 64], true where the picture is made new) too, the prompts say what the whole pictures show.
    """
    noise = torch.stack([torch.randn(LATENTS, SIDE // BLOCK, SIDE // BLOCK, generator=torch.Generator().manual_seed(seed + i))
                         for i in range(len(prompts))])
    words, none = (
        text_encoder(tokens_of(tokenizer, texts)).last_hidden_state
        for texts in (list(prompts), [""] * len(prompts)))
    latents, nothing = noise, torch.zeros_like(noise)
    source = nothing if sources is None else encode(vae, to_signal(sources))
    if masks is not None:
        renewed = torch.nn.functional.max_pool2d(torch.as_tensor(masks)[:, None].float(), BLOCK) > 0
    scheduler = new_scheduler()
    scheduler.set_timesteps(steps)
    for i, time in enumerate(scheduler.timesteps):
        full = unet(torch.cat([latents, source], dim=1), time, words).sample
        bare = unet(torch.cat([latents, source], dim=1), time, none).sample
        velocity = bare + guidance * (full - bare)
        if sources is not None:
            free = unet(torch.cat([latents, nothing], dim=1), time, none).sample
            velocity += (hold - 1) * (bare - free)
        latents = scheduler.step(velocity, time, latents).prev_sample
        if masks is not None:
            left = scheduler.timesteps[i + 1 : i + 2]
            latents = torch.where(renewed, latents, scheduler.add_noise(source, noise, left) if len(left) else source)
    pictures = to_pictures(decode(vae, latents))
    return pictures if masks is None else np.where(np.asarray(masks)[..., None], pictures, sources)


def sheet(pictures, columns, path):
    """Writes pictures side by side as a PNG."""
    pictures = list(pictures) + [np.full_like(pictures[0], 255)] * (-len(pictures) % columns)
    rows = [np.concatenate(pictures[i : i + columns], axis=1) for i in range(0, len(pictures), columns)]
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.fromarray(np.concatenate(rows)).save(path)


def contact_sheet(unet, text_encoder, vae, tokenizer, path):
    sheet(generate(unet, text_encoder, vae, tokenizer, heldout.contact_prompts()), 8, path)


def load(folder):
    """(unet, text encoder, vae, tokenizer) in float32."""
    parts = load_unet(folder / "unet"), load_text_encoder(folder / "text_encoder"), load_vae(folder / "vae")
    return *(part.eval() for part in parts), CLIPTokenizerFast.from_pretrained(folder / "tokenizer")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prompts", nargs="*", help="none: the 40 of contact.json")
    parser.add_argument("--model", type=pathlib.Path, default=HERE.parent / "holt-image")
    parser.add_argument("--out", type=pathlib.Path, default=HERE / "work" / "sheet.png")
    parser.add_argument("--edit", type=pathlib.Path, help="a picture to which the prompts are done")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--guidance", type=float, default=4.0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    prompts, sources = args.prompts or heldout.contact_prompts(), None
    if args.edit:
        picture = np.asarray(Image.open(args.edit).convert("RGB").resize((SIDE, SIDE), Image.Resampling.LANCZOS))
        sources = np.stack([picture] * len(prompts))
    pictures = generate(*load(args.model), prompts, args.seed, args.steps, args.guidance, sources)
    sheet(pictures, min(8, len(pictures)), args.out)
    print(args.out)


if __name__ == "__main__":
    main()
