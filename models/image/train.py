"""Trains the denoising network on drawings made as they are needed; the text encoder stays as train_text.py left it.

Stop it at any time and go on with --resume: the samples, the noise and the weights are those of one unbroken run, but
for the part since the last checkpoint. The learning rate is constant, so that the end need not be known; --cooldown
lets it fall to zero within so many minutes and ends the run. While the file --pause exists, nothing is done.
"""

import argparse
import copy
import pathlib
import time

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from transformers import CLIPTokenizerFast

import data
from model import autocast, encode, load_text_encoder, load_vae, new_scheduler, new_unet, to_signal, tokens_of
from muon import optimizers as optimizers_of
from sample import contact_sheet

HERE = pathlib.Path(__file__).parent
NO_TEXT = 0.1  # share of samples without their words, for classifier-free guidance
SNR_CAP = 5.0
OUTER = ("embed", "conv_in", "conv_out")  # first and last convolution, embedding of times: AdamW's, with the vectors


class Shard:
    """One shard's samples as tensors: the encoder's words, latents, and latents of the pictures to edit or zeros."""

    def __init__(self, drawn, vae, words):
        texts, targets, edits, sources = drawn
        self.words = torch.cat([words(texts[i : i + 128]) for i in range(0, len(texts), 128)])
        self.latents = _encode_all(vae, targets)
        self.sources = torch.zeros_like(self.latents)
        self.sources[torch.as_tensor(edits)] = _encode_all(vae, sources)


class Words:
    """Texts to what the text encoder makes of them: [n, TOKENS, WIDTH]."""

    def __init__(self, work):
        self.tokenizer = CLIPTokenizerFast.from_pretrained(work / "tokenizer")
        self.encoder = load_text_encoder(work / "text_encoder").eval()

    @torch.no_grad()
    def __call__(self, texts):
        with sdpa_kernel(SDPBackend.MATH):
            return self.encoder(tokens_of(self.tokenizer, texts)).last_hidden_state


@torch.no_grad()
def _encode_all(vae, pictures):
    return torch.cat([encode(vae, to_signal(part)) for part in torch.as_tensor(pictures).split(64)])


def errors_of(unet, scheduler, latents, sources, words):
    """Velocity prediction: the loss, in which nearly clean steps count less; the plain errors and their times.

    The noisiest steps count fully and come a little more often: there the words decide about colours and layout.
    """
    noise = torch.randn_like(latents)
    spread = (torch.arange(len(latents)) + torch.rand(1)) / len(latents) % 1
    times = (1000 * spread**0.75).long()
    noisy = scheduler.add_noise(latents, noise, times)
    wanted = scheduler.get_velocity(latents, noise, times)
    with autocast(latents.device), sdpa_kernel(SDPBackend.MATH):  # several times as fast for so few positions
        found = unet(torch.cat([noisy, sources], dim=1), times, words, return_dict=False)[0]
    signal = scheduler.alphas_cumprod[times]
    error = (found.float() - wanted).square().mean(dim=(1, 2, 3))
    weight = (SNR_CAP * (1 - signal)).clamp(max=1)  # SNR_CAP / (snr + 1)
    return (error * weight).mean(), error.detach(), times


def step_of(unet, scheduler, shard, picks, nothing):
    """Forgets some words, and of edits also some source pictures, so that guidance by either works."""
    words, sources = shard.words[picks].clone(), shard.sources[picks].clone()
    words[torch.rand(len(picks)) < NO_TEXT] = nothing
    sources[torch.rand(len(picks)) < NO_TEXT / 2] = 0
    return errors_of(unet, scheduler, shard.latents[picks], sources, words)


class Run:
    """What the processes share: the weights, in shared memory, and counters. Process 0 also averages and saves."""

    def __init__(self, args):
        self.args = args
        self.unet = new_unet().train()
        self.average = copy.deepcopy(self.unet).requires_grad_(False).eval()
        self.checkpoint = args.work / "checkpoint.pt"
        self.states, counts = [], dict(step=0, seen=0, shard=0, spent=0.0)
        if args.resume and self.checkpoint.exists():
            saved = torch.load(self.checkpoint)
            self.unet.load_state_dict(saved["unet"])
            self.average.load_state_dict(saved["average"])
            self.states, counts = saved["optimizers"], saved["counts"]
        self.unet.share_memory()
        self.lock = torch.multiprocessing.Lock()
        self.counts = {key: torch.multiprocessing.Value("d", counts[key], lock=False) for key in counts}
        self.spent_before, self.started = counts["spent"], time.monotonic()

    def add(self, key, amount=1):
        """Adds to a counter and returns what it was before."""
        with self.lock:
            before = int(self.counts[key].value)
            self.counts[key].value += amount
        return before

    def save(self, optimizers):
        self.counts["spent"].value = self.spent_before + time.monotonic() - self.started
        state = dict(unet=self.unet.state_dict(), average=self.average.state_dict(),
                     optimizers=[optimizer.state_dict() for optimizer, _ in optimizers],
                     counts={key: count.value for key, count in self.counts.items()})
        torch.save(state, self.checkpoint.with_suffix(".new"))
        self.checkpoint.with_suffix(".new").replace(self.checkpoint)


def work(rank, run):
    """Steps until the end of the cooldown. Several processes change the same weights without waiting for each other."""
    args, unet = run.args, run.unet
    torch.set_num_threads(1)
    shards = data.Shards(args.work, args.seed, args.shard)
    words = Words(args.work)
    nothing = words([""])
    vae = load_vae(args.work / "vae").eval().requires_grad_(False)
    optimizers, scheduler = optimizers_of(unet, args.rates, OUTER), new_scheduler()
    for (optimizer, _), state in zip(optimizers, run.states):
        optimizer.load_state_dict(state)
    averaged = run.counts["step"].value
    saved_at = looked_at = noted_at = time.monotonic()
    noted, losses, by_time, batches, ended = run.counts["seen"].value, [], [], iter(()), False
    while not ended:
        while args.pause.exists():
            time.sleep(1)
        picks = next(batches, None)
        if picks is None:
            number = run.add("shard")
            shard = Shard(shards(number), vae, words)
            torch.manual_seed(args.seed * 1_000_003 + number)
            batches = iter([part for _ in range(args.reuse) for part in torch.randperm(args.shard).split(args.batch)])
            continue
        left = 1 - (time.monotonic() - run.started) / 60 / args.cooldown if args.cooldown else 1
        step = run.add("step") + 1
        for optimizer, rate in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = rate * max(0, min(1, step / 200, left))
        loss, error, times = step_of(unet, scheduler, shard, picks, nothing)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(unet.parameters(), 1.0)
        for optimizer, _ in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        run.add("seen", len(picks))
        now, ended = time.monotonic(), left <= 0
        if rank > 0:
            continue
        with torch.no_grad():
            keep = min(args.average, step / (step + 10)) ** (step - averaged)
            torch._foreach_lerp_(list(run.average.parameters()), list(unet.parameters()), 1 - keep)
            averaged = step
        losses.append(loss.item())
        by_time.append([error[times // 250 == quarter].mean() for quarter in range(4)])
        if len(losses) == 25:
            quarters = " ".join(f"{value:.3f}" for value in torch.tensor(by_time).nanmean(dim=0).tolist())
            seen, minutes = run.counts["seen"].value, (run.spent_before + now - run.started) / 60
            print(f"step {step} loss {sum(losses) / len(losses):.4f} by time {quarters} seen {seen:.0f} "
                  f"per second {(seen - noted) / (now - noted_at):.1f} minutes {minutes:.1f} "
                  f"of CPU here {time.process_time() / 60:.1f}", flush=True)
            noted_at, noted, losses, by_time = now, seen, [], []
        if ended or now - saved_at > args.save_every:
            run.save(optimizers)
            saved_at = now
        if ended or now - looked_at > args.look_every:
            looked_at = now
            newest = load_vae(args.work / "vae")  # its decoder may have got better
            path = args.work / "sheets" / f"{run.counts['seen'].value:09.0f}.png"
            contact_sheet(run.average, words.encoder, newest, words.tokenizer, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    parser.add_argument("--cooldown", type=float, help="minutes within which the learning rate falls to zero")
    parser.add_argument("--batch", type=int, default=64)
    parser.add_argument("--rates", type=float, nargs=2, default=[0.01, 0.002], help="of Muon and of AdamW")
    parser.add_argument("--shard", type=int, default=2048, help="samples drawn and encoded at a time")
    parser.add_argument("--reuse", type=int, default=2, help="how often a sample is used, each time with other noise")
    parser.add_argument("--average", type=float, default=0.998)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--processes", type=int, default=2, help="of one thread each")
    parser.add_argument("--pause", type=pathlib.Path, default=HERE / "work" / "pause")
    parser.add_argument("--save-every", type=float, default=180, help="seconds between checkpoints")
    parser.add_argument("--look-every", type=float, default=900, help="seconds between contact sheets")
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    run = Run(args)
    size = sum(p.numel() for p in run.unet.parameters())
    print(f"{size} parameters, {run.counts['seen'].value:.0f} samples seen", flush=True)
    others = [torch.multiprocessing.Process(target=work, args=(rank, run)) for rank in range(1, args.processes)]
    for other in others:
        other.start()
    work(0, run)
    for other in others:
        other.join()


if __name__ == "__main__":
    main()
