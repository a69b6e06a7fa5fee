"""Renders the 200 held-back prompts and counts what is right; then edits, whose pixels are checked the same way."""

import argparse
import pathlib
import random

import numpy as np
import torch

import compose
import heldout
from sample import generate, load, sheet
from scenes import COLOURS, Art, Scene, draw

HERE = pathlib.Path(__file__).parent


def share(verdicts):
    known = [verdict for verdict in verdicts if verdict is not None]
    return f"{sum(known)} of {len(known)} ({100 * sum(known) / max(1, len(known)):.0f} %)"


def in_batches(parts, prompts, size=25, sources=None, **settings):
    pictures = []
    for i in range(0, len(prompts), size):
        some = None if sources is None else sources[i : i + size]
        pictures.append(generate(*parts, prompts[i : i + size], seed=i, sources=some, **settings))
    return np.concatenate(pictures)


def scene_of(entry, chance):
    """A scene that is as the held-back entry asks."""
    things = [(i["drawing"], i["colour"], COLOURS[i["colour"]] if i["colour"] else None) for i in entry["items"]]
    layout = "single" if entry["kind"] == "object" else entry["kind"]
    items = compose.place(things, layout, None, chance)
    return Scene(entry["background"], COLOURS[entry["background"]], items, layout)


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


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work", help="for the drawings that are edited")
    parser.add_argument("--model", type=pathlib.Path, default=HERE.parent / "holt-image")
    parser.add_argument("--steps", type=int, default=20)
    parser.add_argument("--guidance", type=float, default=4.0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--edits", action="store_true", help="edits too: --work must hold the drawings")
    args = parser.parse_args()
    torch.set_num_threads(1)
    parts, entries = load(args.model, args.device), heldout.prompts()
    settings = dict(steps=args.steps, guidance=args.guidance)
    pictures = in_batches(parts, [entry["prompt"] for entry in entries], **settings)
    results = [heldout.check(entry, picture) for entry, picture in zip(entries, pictures)]
    print("colours", share([colours for colours, _ in results]), "layout", share([layout for _, layout in results]))
    for kind in ("single", "left", "above", "count", "object"):
        some = [result for entry, result in zip(entries, results) if entry["kind"] == kind]
        print(f"  {kind}: colours {share([c for c, _ in some])} layout {share([l for _, l in some])}")
    some = [result for entry, result in zip(entries, results) if entry["chinese"]]
    print(f"  in Chinese: colours {share([c for c, _ in some])} layout {share([l for _, l in some])}")
    sheet(pictures, 20, args.work / "heldout.png")
    if args.edits:
        asked = edits(entries[::4], Art(args.work))
        sources = np.stack([source for _, source, _ in asked])
        done = in_batches(parts, [text for text, _, _ in asked], sources=sources, **settings)
        results = [heldout.check(entry, picture) for (_, _, entry), picture in zip(asked, done)]
        print("edits: colours", share([c for c, _ in results]), "layout", share([l for _, l in results]))
        sheet([picture for pair in zip(sources, done) for picture in pair], 16, args.work / "edits.png")


if __name__ == "__main__":
    main()
