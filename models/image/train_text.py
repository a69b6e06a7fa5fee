"""Trains the text encoder alone, to say what prompts ask for: minutes, where learning it from pictures takes hours."""

import argparse
import pathlib
import random
import time

import torch
from torch.nn.attention import SDPBackend, sdpa_kernel
from transformers import CLIPTokenizerFast

import captions
import compose
import data
import heldout
from meaning import GROUNDS, IGNORED, REGISTERS, SIZES, SPOTS, Meaning
from model import WIDTH, autocast, new_text_encoder, tokens_of
from muon import optimizers
from scenes import Art, Scene

HERE = pathlib.Path(__file__).parent


class Reader(torch.nn.Module):
    """The encoder and a linear layer for each kind of class."""

    def __init__(self, encoder, meaning):
        super().__init__()
        self.encoder = encoder
        self.drawing = torch.nn.Linear(WIDTH, meaning.drawings)
        self.colour = torch.nn.Linear(WIDTH, meaning.colours)
        self.extent = torch.nn.Linear(WIDTH, len(GROUNDS) + len(SIZES))  # of the ground, of the things

    def forward(self, ids):
        """Logits [batch, REGISTERS, classes] of the drawings, the colours, and the ground or size."""
        said = self.encoder(ids).last_hidden_state[:, -REGISTERS:].float()
        return self.drawing(said), self.colour(said), self.extent(said)


def goals_of(rows):
    """[3, n, REGISTERS] with the classes of size behind those of ground."""
    goals = torch.tensor(rows).transpose(0, 1).clone()
    goals[2, :, SPOTS + 1] += len(GROUNDS)
    return goals


def drawn(art, meaning, chance, count):
    """Prompts and what they ask for, by lot."""
    texts, rows = [], []
    while len(texts) < count:
        scene = data.fresh_scene(chance)
        if chance.random() < data.EDITS:
            after, change = compose.edit(scene, art, chance)
            texts.append(captions.instruction(after, change, art, chance))
            rows.append(meaning.of_change(after, change))
        else:
            words = captions.chinese if chance.random() < 2 * data.CHINESE else captions.english
            texts.append(words(scene, art, chance))
            rows.append(meaning.of_scene(scene))
    return texts, rows


def loss_of(logits, goals):
    return sum(torch.nn.functional.cross_entropy(found.flatten(0, 1), goal.flatten(), ignore_index=IGNORED)
               for found, goal in zip(logits, goals))


@torch.no_grad()
def understood(reader, tokenizer, texts, rows):
    """How many prompts are read without a fault."""
    goals = goals_of(rows)
    right = [((found.argmax(dim=-1) == goal) | (goal == IGNORED)).all(dim=1)
             for found, goal in zip(reader(tokens_of(tokenizer, texts)), goals)]
    return f"{torch.stack(right).all(dim=0).sum().item()} of {len(texts)}"


def held_back(meaning):
    """The held-back prompts that name all they ask for."""
    entries, chance = heldout.prompts(), random.Random(1)
    things = [[(item["drawing"], item["colour"]) for item in entry["items"]] for entry in entries]
    layouts = ["single" if entry["kind"] == "object" else entry["kind"] for entry in entries]
    scenes = [Scene(entry["background"], compose.place(some, layout, None, chance), layout)
              for entry, some, layout in zip(entries, things, layouts)]
    return [entry["prompt"] for entry in entries], [meaning.of_scene(scene) for scene in scenes]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    parser.add_argument("--steps", type=int, default=1500)
    parser.add_argument("--batch", type=int, default=128)
    parser.add_argument("--rates", type=float, nargs=2, default=[0.02, 0.003], help="of Muon and of AdamW")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    data.Shards(args.work, args.seed, 0)
    art, chance = Art(args.work), random.Random(f"words {args.seed}")
    meaning, tokenizer = Meaning(art), CLIPTokenizerFast.from_pretrained(args.work / "tokenizer")
    reader = Reader(new_text_encoder(tokenizer).train(), meaning)
    steppers = optimizers(reader, args.rates, outer=("embed", "drawing", "colour", "extent"))
    started, total = time.monotonic(), 0.0
    for step in range(args.steps):
        texts, rows = drawn(art, meaning, chance, args.batch)
        with autocast("cpu"), sdpa_kernel(SDPBackend.MATH):
            logits = reader(tokens_of(tokenizer, texts))
        loss = loss_of(logits, goals_of(rows))
        loss.backward()
        for optimizer, rate in steppers:
            for group in optimizer.param_groups:
                group["lr"] = rate * min(1.0, (step + 1) / 100, 1.5 * (1 - step / args.steps))
            optimizer.step()
            optimizer.zero_grad()
        total += loss.item()
        if (step + 1) % 100 == 0:
            print(f"step {step + 1} loss {total / 100:.3f} understood {understood(reader, tokenizer, texts, rows)}, "
                  f"held back {understood(reader, tokenizer, *held_back(meaning))} "
                  f"minutes {(time.monotonic() - started) / 60:.1f}", flush=True)
            total = 0.0
            reader.encoder.save_pretrained(args.work / "text_encoder")


if __name__ == "__main__":
    main()
