"""The drawings that scenes are made of: flat emoji of the npm package fluent-emoji-flat, and plain shapes.

Run once, it writes art.npz (drawings of 112 x 112 pixels) and objects.json (their names in English and Chinese).
"""

import argparse
import io
import json
import pathlib
import subprocess
import tarfile

import numpy as np
import resvg_py
from PIL import Image

HERE = pathlib.Path(__file__).parent
PACKAGES = ["@iconify-json/fluent-emoji-flat@1.2.6", "emojibase-data@17.0.0"]
SIDE = 112

# Subgroups of Emojibase that are animals.
ANIMALS = set(range(34, 40))

SHAPES = {
    "circle": '<circle cx="50" cy="50" r="48"/>',
    "square": '<rect x="6" y="6" width="88" height="88"/>',
    "triangle": '<path d="M50 5 97 90H3Z"/>',
    "rectangle": '<rect x="2" y="24" width="96" height="52"/>',
    "oval": '<ellipse cx="50" cy="50" rx="48" ry="30"/>',
    "star": '<path d="M50 2 61.8 36.2 98 36.9 69.1 58.7 79.6 93.3 50 72.6 20.4 93.3 30.9 58.7 2 36.9 38.2 36.2Z"/>',
    "heart": '<path d="M50 94C14 66 2 48 2 30 2 14 14 5 27 5 37 5 46 11 50 20 54 11 63 5 73 5 86 5 98 14 98 30 98 48 86 66 50 94Z"/>',
    "diamond": '<path d="M50 2 88 50 50 98 12 50Z"/>',
    "hexagon": '<path d="M26 8H74L98 50 74 92H26L2 50Z"/>',
    "cross": '<path d="M34 3H66V34H97V66H66V97H34V66H3V34H34Z"/>',
    "ring": '<circle cx="50" cy="50" r="38" fill="none" stroke="#fff" stroke-width="20"/>',
    "crescent": '<path d="M66 4A47 47 0 1 0 66 96 52 52 0 0 1 66 4Z"/>',
}


def rasterise(svg):
    png = resvg_py.svg_to_bytes(svg_string=svg, width=SIDE, height=SIDE)
    return np.asarray(Image.open(io.BytesIO(bytes(png))).convert("RGBA"))


def svg(body, box, attributes=""):
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box} {box}"{attributes}>{body}</svg>'


def packages(folder):
    """Downloads the packages with npm, which checks their hashes, and opens them by name."""
    folder.mkdir(parents=True, exist_ok=True)
    if len(list(folder.glob("*.tgz"))) < len(PACKAGES):
        subprocess.run(["npm", "pack", "--silent", *PACKAGES], cwd=folder, check=True)

    def read(package, member):
        with tarfile.open(next(folder.glob(f"*{package}-[0-9]*.tgz"))) as archive:
            return json.load(archive.extractfile(f"package/{member}"))

    return read


def curated_names():
    names = {}
    for line in (HERE / "data" / "objects.txt").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            label, _, rest = line.partition(": ")
            english, _, chinese = rest.partition("|")
            names[label] = [[name.strip() for name in part.split(",") if name.strip()] for part in (english, chinese)]
    return names


def objects(read):
    """The objects of data/objects.txt: label, icon, names, whether it is an animal."""
    icons = read("fluent-emoji-flat", "chars.json")
    curated, found = curated_names(), []
    for entry in read("emojibase-data", "en/data.json"):
        code, label = entry["hexcode"].lower(), entry["label"]
        icon = icons.get(code) or icons.get(code.replace("-fe0f", ""))
        if icon and label in curated:
            english, chinese = curated[label]
            found.append(dict(label=label, icon=icon, english=[label.lower(), *english], chinese=chinese,
                              animal=entry["subgroup"] in ANIMALS))
    missing = set(curated) - {thing["label"] for thing in found}
    if missing:
        raise SystemExit(f"data/objects.txt names what is not among the emoji: {sorted(missing)}")
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    args = parser.parse_args()
    read = packages(args.work / "npm")
    things = objects(read)
    flat = read("fluent-emoji-flat", "icons.json")
    sheets = [rasterise(svg(flat["icons"][thing["icon"]]["body"], 32)) for thing in things]
    sheets += [rasterise(svg(body, 100, ' fill="#fff"')) for body in SHAPES.values()]
    names = [thing["label"] for thing in things] + [f"shape {name}" for name in SHAPES]
    np.savez_compressed(args.work / "art.npz", names=np.array(names), pixels=np.stack(sheets))
    (args.work / "objects.json").write_text(json.dumps(things, ensure_ascii=False, indent=1), encoding="utf-8")
    size = (args.work / "art.npz").stat().st_size
    print(f"{len(things)} objects, {len(SHAPES)} shapes, {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
