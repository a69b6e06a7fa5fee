"""Trains the decoder of the autoencoder, at any time: the latents do not change."""

import argparse
import pathlib
import time

import torch
from PIL import Image

import data
from model import BLOCK, autocast, decode, encode, load_vae, to_pictures, to_signal

HERE = pathlib.Path(__file__).parent


def crop(signal, latents, blocks, generator):
    """One place, of `blocks` x `blocks` blocks of 8 x 8 pixels, for the whole batch."""
    y, x = torch.randint(0, latents.shape[-1] - blocks + 1, (2,), generator=generator).tolist()
    part = latents[..., y : y + blocks, x : x + blocks]
    return signal[..., BLOCK * y : BLOCK * (y + blocks), BLOCK * x : BLOCK * (x + blocks)], part


def loss_of(found, wanted):
    """Absolute error of the pixels and of their slopes, which are the edges."""
    error = (found - wanted).abs().mean()
    slopes = sum((found.diff(dim=d) - wanted.diff(dim=d)).abs().mean() for d in (-1, -2))
    return error + slopes, error


@torch.no_grad()
def look(vae, pictures, path):
    """Writes originals above their reconstructions; returns the peak signal-to-noise ratio in dB."""
    signal = to_signal(pictures)
    found = decode(vae, encode(vae, signal.to(vae.device))).cpu()
    rows = [torch.cat(list(torch.as_tensor(half[i : i + 8])), dim=1)
            for half in (pictures, to_pictures(found)) for i in (0, 8)]
    Image.fromarray(torch.cat(rows).numpy()).save(path)
    return -10 * ((found.clamp(-1, 1) - signal) ** 2).mean().div(4).log10().item()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    parser.add_argument("--steps", type=int, default=2000)
    parser.add_argument("--batch", type=int, default=16)
    parser.add_argument("--blocks", type=int, default=8, help="side of the part that a step looks at, in blocks")
    parser.add_argument("--noise", type=float, default=0.03, help="on the latents, so that small errors do no harm")
    parser.add_argument("--rate", type=float, default=1.5e-3)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first picture; raise it for another round")
    args = parser.parse_args()
    shards = data.Shards(args.work, args.seed, 0)
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    vae = load_vae(args.work / "vae")
    learning = [*vae.decoder.parameters(), *vae.post_quant_conv.parameters()]
    optimizer = torch.optim.AdamW(learning, lr=args.rate, betas=(0.9, 0.98), weight_decay=0.0)
    generator = torch.Generator().manual_seed(args.seed)
    held = shards.pictures(10**9, 16)
    print(f"psnr {look(vae, held, args.work / 'decoder.png'):.1f} dB", flush=True)
    started, total, group = time.monotonic(), 0.0, 16 * args.batch
    for step in range(args.steps):
        if step % 32 == 0:  # 16 batches of pictures, each looked at in two places
            signal = to_signal(shards.pictures(args.first + step // 32 * group, group))
            with torch.no_grad():
                latents = torch.cat([encode(vae, part) for part in signal.split(64)])
        picks = slice(step % 16 * args.batch, (step % 16 + 1) * args.batch)
        wanted, code = crop(signal[picks], latents[picks], args.blocks, generator)
        with autocast("cpu"):
            found = decode(vae, code + args.noise * torch.randn_like(code)).float()
        loss, error = loss_of(found, wanted)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learning, 1.0)
        optimizer.param_groups[0]["lr"] = args.rate * min(1.0, (step + 1) / 100, 1.4 * (1 - step / args.steps))
        optimizer.step()
        optimizer.zero_grad()
        total += error.item()
        if (step + 1) % 250 == 0 or step + 1 == args.steps:
            ratio, minutes = look(vae, held, args.work / "decoder.png"), (time.monotonic() - started) / 60
            print(f"step {step + 1} error {total / 250:.4f} psnr {ratio:.1f} dB minutes {minutes:.1f}", flush=True)
            total = 0.0
            vae.save_pretrained(args.work / "vae.new")
            (args.work / "vae.new" / "diffusion_pytorch_model.safetensors").replace(
                args.work / "vae" / "diffusion_pytorch_model.safetensors")


if __name__ == "__main__":
    main()
