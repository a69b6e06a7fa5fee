"""Paints the 40 prompts of contact.json and writes docs/image-model.md and its picture, with the verdicts of judgement.json.

A verdict counts only for the weights that were judged: after another training run all pictures are "not judged".
"""

import argparse
import hashlib
import json
import pathlib

import torch
from PIL import Image

import heldout
from sample import generate, load, sheet

HERE = pathlib.Path(__file__).parent
COLUMNS = 8
SCALE = 2
HEAD = """# The built-in image model and what it paints

`models/holt-image` is a small latent diffusion model ({parameters:.1f} million parameters, pictures of 64 x 64 pixels) that the
project trained itself, so that a fresh clone has something that paints. `models/README.md` says how, what it is held to in pixels,
and what it cannot do.

These are its pictures of 40 prompts that were fixed before any training (`models/image/contact.json`), in rows of eight: one try each, seeds 0
to 39, {steps} steps, guidance {guidance:g}, painted at 64 x 64 and shown at {side} x {side}. "Recognised" is the project's own verdict on whether a person would
name the thing in the picture; nobody else has judged them yet.

![The 40 pictures](image-model.png)

**{recognised} of {total} recognised.**{unjudged}

| | Prompt | Recognised |
|---|---|---|
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=pathlib.Path, default=HERE.parent / "holt-image")
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parent.parent / "docs" / "image-model.md")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--guidance", type=float, default=4.0)
    args = parser.parse_args()
    torch.set_num_threads(1)
    parts, prompts = load(args.model), heldout.contact_prompts()
    path = args.out.with_suffix(".png")
    sheet(generate(*parts, prompts, steps=args.steps, guidance=args.guidance), COLUMNS, path)
    with Image.open(path) as picture:
        picture.resize((picture.width * SCALE, picture.height * SCALE), Image.Resampling.BICUBIC).save(path, optimize=True)
    weights = hashlib.sha256((args.model / "unet" / "diffusion_pytorch_model.safetensors").read_bytes()).hexdigest()
    judged = json.loads((HERE / "judgement.json").read_text(encoding="utf-8"))
    verdicts = judged["recognised"] if judged["unet"] == weights else {}
    words = ["not judged" if prompt not in verdicts else "yes" if verdicts[prompt] else "no" for prompt in prompts]
    waiting = words.count("not judged")
    page = HEAD.format(
        parameters=sum(p.numel() for part in parts[:3] for p in part.parameters()) / 1e6,
        steps=args.steps,
        guidance=args.guidance,
        side=64 * SCALE,
        recognised=words.count("yes"),
        total=len(words),
        unjudged=f" {waiting} not judged." if waiting else "",
    )
    page += "".join(f"| {i} | {prompt} | {word} |\n" for i, (prompt, word) in enumerate(zip(prompts, words), 1))
    args.out.write_text(page, encoding="utf-8")
    print(f"{words.count('yes')} recognised, {words.count('no')} not, {waiting} not judged: {args.out}; unet {weights}")


if __name__ == "__main__":
    main()
