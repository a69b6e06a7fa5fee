"""Renders the 40 prompts of contact.json and writes docs/image-model.md and its picture, with the verdicts of judgement.json.

The verdicts belong to the weights that were judged. After another training run the page shows every picture as "not judged".
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
HEAD = """# The built-in image model and its pictures

`models/holt-image` is a small latent diffusion model with {parameters:.1f} million parameters. Its pictures have 64 x 64 pixels. The project
trained it, so that a fresh clone can render pictures at once. [models/README.md](../models/README.md) describes its training, the checks on
its pixels and its limits.

The pictures show 40 prompts that were fixed before any training (`models/image/contact.json`), in rows of eight. Each prompt had one
try: seeds 0 to 39 in order, {steps} steps, guidance {guidance:g}. The model renders 64 x 64 pixels; the page shows {side} x {side}.
"Recognised" means that a person would name the thing in the picture. That is the project's own verdict. Nobody else has judged the
pictures yet.

![The 40 pictures](image-model.png)

**{recognised} of {total} pictures are recognised.**{unjudged}

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
