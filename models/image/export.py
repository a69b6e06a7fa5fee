"""Writes the averaged weights as a diffusers folder in float16."""

import argparse
import pathlib
import shutil

import torch
from diffusers import StableDiffusionInstructPix2PixPipeline
from transformers import CLIPTokenizerFast

from model import load_text_encoder, load_vae, new_scheduler, new_unet

HERE = pathlib.Path(__file__).parent
PARTS = ["unet", "vae", "text_encoder", "tokenizer", "scheduler"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parent / "holt-image")
    args = parser.parse_args()
    tokenizer = CLIPTokenizerFast.from_pretrained(args.work / "tokenizer")
    unet = new_unet()
    checkpoint = torch.load(args.work / "checkpoint.pt")
    unet.load_state_dict(checkpoint["average"])
    pipeline = StableDiffusionInstructPix2PixPipeline(
        vae=load_vae(args.work / "vae"),
        text_encoder=load_text_encoder(args.work / "text_encoder"),
        tokenizer=tokenizer,
        unet=unet,
        scheduler=new_scheduler(),
        safety_checker=None,
        feature_extractor=None,
        requires_safety_checker=False,
    )
    for part in PARTS:
        shutil.rmtree(args.out / part, ignore_errors=True)
    pipeline.to(dtype=torch.float16).save_pretrained(args.out)
    for file in args.out.rglob("config.json"):
        lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
        file.write_text("".join(line for line in lines if "_name_or_path" not in line), encoding="utf-8")  # of this machine
    for file in args.out.rglob("*"):
        file.chmod(0o755 if file.is_dir() else 0o644)
    size = sum(file.stat().st_size for file in args.out.rglob("*") if file.is_file())
    counts = checkpoint["counts"]
    print(f"{counts['step']:.0f} steps, {counts['seen']:.0f} samples, {counts['spent'] / 60:.0f} minutes of training, "
          f"{size / 1e6:.1f} MB in {args.out}")


if __name__ == "__main__":
    main()
