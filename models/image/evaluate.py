"""Renders the 200 held-back prompts and counts what is right; then edits and repainted masks, checked the same way."""

import argparse
import pathlib
import random
import time

import numpy as np
import torch

import compose
import heldout
from sample import generate, load, sheet
from scenes import SIDE, Art, Scene, draw

HERE = pathlib.Path(__file__).parent


def share(verdicts):
    known = [verdict for verdict in verdicts if verdict is not None]
    return f"{sum(known)} of {len(known)}" + (f" ({100 * sum(known) / len(known):.0f} %)" if known else "")


def in_batches(parts, prompts, size=25, sources=None, masks=None, **settings):
    pictures = []
    for i in range(0, len(prompts), size):
        some, hidden = (None if all_ is None else all_[i : i + size] for all_ in (sources, masks))
        pictures.append(generate(*parts, prompts[i : i + size], seed=i, sources=some, masks=hidden, **settings))
    return np.concatenate(pictures)


def scene_of(entry, chance):
    """A scene that is as the held-back entry asks."""
    things = [(item["drawing"], item["colour"]) for item in entry["items"]]
    layout = "single" if entry["kind"] == "object" else entry["kind"]
    return Scene(entry["background"], compose.place(things, layout, None, chance), layout)


def edits(entries, art):
    """(instruction, picture to edit, what the result must show): backgrounds changed, and single shapes recoloured."""
    chance, found = random.Random(7), []
    for entry in entries:
        taken = [entry["background"], *(item["colour"] for item in entry["items"])]
        colour = chance.choice([name for name in ("red", "yellow", "green", "blue", "purple", "white") if name not in taken])
        picture = draw(scene_of(entry, chance), art)
        found.append((f"make the background {colour}", picture, {**entry, "background": colour}))
        if entry["kind"] == "single":
            shape = entry["items"][0]["drawing"].removeprefix("shape ")
            items = [{**entry["items"][0], "colour": colour}]
            found.append((f"make the {shape} {colour}", picture, {**entry, "items": items}))
    return found


def repaints(entries, art):
    """The same with masks, of pairs: the half that holds the second thing is made new, as the prompt says."""
    chance, found = random.Random(8), []
    for entry in entries:
        before = {**entry, "items": [entry["items"][0], dict(drawing="shape ring", colour="brown")]}
        hidden = np.zeros((SIDE, SIDE), bool)
        hidden[(slice(None), slice(SIDE // 2, None)) if entry["kind"] == "left" else slice(SIDE // 2, None)] = True
        found.append((entry["prompt"], draw(scene_of(before, chance), art), hidden, entry))
    return found


def report(name, results):
    print(f"{name}: colours {share([c for c, _ in results])} layout {share([l for _, l in results])}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work", help="with the drawings that are edited")
    parser.add_argument("--model", type=pathlib.Path, default=HERE.parent / "holt-image")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--guidance", type=float, default=4.0)
    parser.add_argument("--every", type=int, default=1, help="look at every so manieth prompt only")
    parser.add_argument("--no-edits", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    parts, entries = load(args.model), heldout.prompts()[:: args.every]
    settings = dict(steps=args.steps, guidance=args.guidance)
    started = time.process_time()
    pictures = in_batches(parts, [entry["prompt"] for entry in entries], **settings)
    print(f"{(time.process_time() - started) / len(entries):.2f} s a picture on one core")
    results = [heldout.check(entry, picture) for entry, picture in zip(entries, pictures)]
    report("all", results)
    for kind in ("single", "left", "above", "count", "object"):
        report(f"  {kind}", [result for entry, result in zip(entries, results) if entry["kind"] == kind])
    report("  in Chinese", [result for entry, result in zip(entries, results) if entry["chinese"]])
    sheet(pictures, 20, args.work / "heldout.png")
    if args.no_edits:
        return
    art = Art(args.work)
    asked = edits(entries[::4], art)
    sources = np.stack([source for _, source, _ in asked])
    done = in_batches(parts, [text for text, _, _ in asked], sources=sources, **settings)
    results = [heldout.check(entry, picture) for (_, _, entry), picture in zip(asked, done)]
    report("edits", results)
    report("  backgrounds", [r for (text, _, _), r in zip(asked, results) if "background" in text])
    report("  recoloured shapes", [r for (text, _, _), r in zip(asked, results) if "background" not in text])
    sheet([picture for pair in zip(sources, done) for picture in pair], 16, args.work / "edits.png")
    asked = repaints([entry for entry in entries if entry["kind"] in ("left", "above")][::2], art)
    texts, sources, masks, wanted = zip(*asked)
    done = in_batches(parts, texts, sources=np.stack(sources), masks=np.stack(masks), **settings)
    report("repainted masks", [heldout.check(entry, picture) for entry, picture in zip(wanted, done)])
    sheet([picture for pair in zip(sources, done) for picture in pair], 16, args.work / "masks.png")


if __name__ == "__main__":
    main()
