"""Trains the text encoder and the denoising network together, on drawings made as they are needed.

Stop it at any time and go on with --resume: the samples, the noise and the weights are those of one unbroken run, but
for the part since the last checkpoint. The learning rate is constant, so that the end need not be known; --steps with
--cooldown lets it fall to zero over the last steps. --init starts from an exported folder instead (another machine).
"""

import argparse
import copy
import pathlib
import threading
import time

import torch
from transformers import CLIPTextModel, CLIPTokenizerFast

import data
from model import TOKENS, autocast, encode, load_unet, load_vae, new_scheduler, new_text_encoder, new_unet, to_signal
from sample import contact_sheet

HERE = pathlib.Path(__file__).parent
NO_TEXT = 0.1  # share of samples without their words, for classifier-free guidance
SNR_CAP = 5.0


class Network(torch.nn.Module):
    """Both learning parts: token ids and noisy latents in, velocity out."""

    def __init__(self, unet, text_encoder):
        super().__init__()
        self.unet, self.text_encoder = unet, text_encoder

    def forward(self, noisy, source, times, ids):
        words = self.text_encoder(ids).last_hidden_state
        return self.unet(torch.cat([noisy, source], dim=1), times, words, return_dict=False)[0]


class Shard:
    """One shard's samples as tensors on the device: token ids, latents, and latents of the pictures to edit or zeros."""

    def __init__(self, drawn, vae, tokenizer, device):
        texts, targets, edits, sources = drawn
        ids = tokenizer(texts, padding="max_length", truncation=True, max_length=TOKENS, return_tensors="pt")
        self.ids = ids["input_ids"].to(device)
        self.latents = _encode_all(vae, targets, device)
        self.sources = torch.zeros_like(self.latents)
        self.sources[torch.as_tensor(edits, device=device)] = _encode_all(vae, sources, device)


@torch.no_grad()
def _encode_all(vae, pictures, device):
    return torch.cat([encode(vae, to_signal(part).to(device)) for part in torch.as_tensor(pictures).split(64)])


def loss_of(network, scheduler, latents, sources, ids):
    """Velocity prediction weighted by min-SNR: the easy, nearly clean steps do not drown out the others."""
    noise = torch.randn_like(latents)
    times = torch.randint(0, scheduler.config.num_train_timesteps, (len(latents),), device=latents.device)
    noisy = scheduler.add_noise(latents, noise, times)
    wanted = scheduler.get_velocity(latents, noise, times)
    with autocast(latents.device):
        found = network(noisy, sources, times, ids)
    signal = scheduler.alphas_cumprod.to(latents.device)[times]
    snr = signal / (1 - signal)
    error = (found.float() - wanted).square().mean(dim=(1, 2, 3))
    return (error * snr.clamp(max=SNR_CAP) / (snr + 1)).mean() * 2


def step_of(network, scheduler, shard, picks, empty):
    """Forgets some words, and of edits also some source pictures, so that guidance by either works."""
    ids, sources = shard.ids[picks].clone(), shard.sources[picks].clone()
    ids[torch.rand(len(picks), device=ids.device) < NO_TEXT] = empty
    sources[torch.rand(len(picks), device=ids.device) < NO_TEXT / 2] = 0
    return loss_of(network, scheduler, shard.latents[picks], sources, ids)


class Ahead:
    """Draws the next shard in a thread while the present one is trained on (with worker processes only)."""

    def __init__(self, shards, workers):
        self._shards, self._workers, self._next = shards, workers, {}

    def __call__(self, number):
        if number in self._next:
            thread, box = self._next.pop(number)
            thread.join()
            drawn = box[0]
        else:
            drawn = self._shards(number)
        if self._workers:
            box = []
            thread = threading.Thread(target=lambda: box.append(self._shards(number + 1)), daemon=True)
            thread.start()
            self._next = {number + 1: (thread, box)}
        return drawn


def save(path, **state):
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    parser.add_argument("--steps", type=int, default=10**9)
    parser.add_argument("--cooldown", type=int, default=0, help="last steps, over which the learning rate falls to zero")
    parser.add_argument("--batch", type=int, default=32)
    parser.add_argument("--rate", type=float, default=6e-4)
    parser.add_argument("--shard", type=int, default=2048, help="samples drawn and encoded at a time")
    parser.add_argument("--reuse", type=int, default=4, help="how often a sample is used, each time with other noise")
    parser.add_argument("--average", type=float, default=0.9995)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--workers", type=int, default=0, help="processes that draw")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="save and stop after this long")
    parser.add_argument("--save-every", type=float, default=300, help="seconds between checkpoints")
    parser.add_argument("--look-every", type=float, default=1800, help="seconds between contact sheets")
    parser.add_argument("--resume", action="store_true")
    parser.add_argument("--init", type=pathlib.Path, help="a folder of export.py to start from")
    args = parser.parse_args()
    started = time.monotonic()
    shards = Ahead(data.Shards(args.work, args.seed, args.shard, args.workers), args.workers)
    if args.device == "cpu":
        torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    tokenizer = CLIPTokenizerFast.from_pretrained(args.work / "tokenizer")
    empty = torch.tensor(tokenizer("", padding="max_length", max_length=TOKENS)["input_ids"], device=args.device)
    vae = load_vae(args.work / "vae").to(args.device).eval().requires_grad_(False)
    if args.init:
        text_encoder = CLIPTextModel.from_pretrained(args.init / "text_encoder", dtype=torch.float32)
        parts = load_unet(args.init / "unet"), text_encoder
    else:
        parts = new_unet(), new_text_encoder(tokenizer)
    network = Network(*parts).to(args.device).train()
    average = copy.deepcopy(network).requires_grad_(False).eval()
    optimizer = torch.optim.AdamW(network.parameters(), lr=args.rate, betas=(0.9, 0.99), weight_decay=0.01, fused=True)
    scheduler, step, seen, spent = new_scheduler(), 0, 0, 0.0
    checkpoint = args.work / "checkpoint.pt"
    if args.resume and checkpoint.exists():
        state = torch.load(checkpoint, map_location=args.device)
        network.load_state_dict(state["network"])
        average.load_state_dict(state["average"])
        optimizer.load_state_dict(state["optimizer"])
        step, seen, spent = state["step"], state["seen"], state["spent"]
    sizes = {name: sum(p.numel() for p in part.parameters()) for name, part in
             (("unet", network.unet), ("text encoder", network.text_encoder), ("vae", vae))}
    print(f"parameters {sizes}, from step {step}, {seen} samples seen", flush=True)

    per_shard = args.shard * args.reuse // args.batch
    saved_at = looked_at = noted_at = time.monotonic()
    noted_seen, losses, shard = seen, [], None
    running = torch.compile(network) if args.device == "cuda" else network
    while step < args.steps:
        number, within = divmod(step, per_shard)
        if shard is None or within == 0:
            shard = Shard(shards(number), vae, tokenizer, args.device)
            order = torch.Generator().manual_seed(args.seed * 1_000_003 + number)
            orders = torch.cat([torch.randperm(args.shard, generator=order) for _ in range(args.reuse)])
        torch.manual_seed(args.seed * 1_000_003 + step)
        picks = orders[within * args.batch : (within + 1) * args.batch].to(args.device)
        rate = args.rate * min(1.0, (step + 1) / 300, max(0.0, (args.steps - step) / max(1, args.cooldown)))
        optimizer.param_groups[0]["lr"] = rate
        loss = step_of(running, scheduler, shard, picks, empty)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimizer.step()
        optimizer.zero_grad()
        step, seen = step + 1, seen + len(picks)
        with torch.no_grad():
            keep = min(args.average, step / (step + 10))
            torch._foreach_lerp_(list(average.parameters()), list(network.parameters()), 1 - keep)
        losses.append(loss.detach())
        now = time.monotonic()
        if step % 100 == 0:
            speed = (seen - noted_seen) / (now - noted_at)
            print(f"step {step} loss {torch.stack(losses).mean():.4f} seen {seen} rate {rate:.1e} images/s {speed:.1f} "
                  f"minutes {(spent + now - started) / 60:.0f}", flush=True)
            noted_at, noted_seen, losses = now, seen, []
        ending = step == args.steps or (now - started) / 60 > args.minutes
        if ending or now - saved_at > args.save_every:
            save(checkpoint, network=network.state_dict(), average=average.state_dict(),
                 optimizer=optimizer.state_dict(), step=step, seen=seen, spent=spent + now - started)
            saved_at = now
        if ending or now - looked_at > args.look_every:
            looked_at = now
            newest = load_vae(args.work / "vae").to(args.device)  # its decoder may have got better
            contact_sheet(average.unet, average.text_encoder, newest, tokenizer, args.work / "sheets" / f"{seen:09d}.png")
        if ending:
            return


if __name__ == "__main__":
    main()
