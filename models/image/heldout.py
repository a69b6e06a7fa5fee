"""The held-back prompts and how pixels are checked against them."""

import json
import pathlib

import numpy as np

from scenes import COLOURS, SIDE

HERE = pathlib.Path(__file__).parent
FRAME = 2  # pixels at the border that show the background alone


def key(scene):
    """What a scene shows, whatever the wording, shades and exact places."""
    things = [f"{item.colour or ''} {item.drawing}".strip() for item in scene.items]
    if scene.layout in ("left", "above"):
        return f"{things[0]} {scene.layout} {things[1]}"
    return f"{len(things)} {' + '.join(sorted(set(things)))} on {scene.ground}"


def prompts():
    return json.loads((HERE / "heldout.json").read_text(encoding="utf-8"))


def contact_prompts():
    return json.loads((HERE / "contact.json").read_text(encoding="utf-8"))


def _lab(rgb):
    """CIE L*a*b* of sRGB values of 0 to 255, in the last axis."""
    value = np.asarray(rgb, np.float64) / 255
    linear = np.where(value > 0.04045, ((value + 0.055) / 1.055) ** 2.4, value / 12.92)
    xyz = linear @ np.array([[0.4124, 0.2126, 0.0193], [0.3576, 0.7152, 0.1192], [0.1805, 0.0722, 0.9505]])
    xyz = xyz / np.array([0.9505, 1.0, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.stack([116 * f[..., 1] - 16, 500 * (f[..., 0] - f[..., 1]), 200 * (f[..., 1] - f[..., 2])], axis=-1)


NAMES = list(COLOURS)
PALETTE = _lab(list(COLOURS.values()))


def name_pixels(picture):
    """The index into NAMES of the palette's nearest colour: [64, 64, 3] uint8 to [64, 64]."""
    return np.linalg.norm(_lab(picture)[:, :, None] - PALETTE, axis=-1).argmin(axis=-1)


def pieces(mask, least):
    """Centres of the connected areas of at least `least` pixels."""
    left, found = set(zip(*np.nonzero(mask))), []
    while left:
        grown, edge = [], [left.pop()]
        while edge:
            y, x = edge.pop()
            grown.append((y, x))
            for spot in ((y + 1, x), (y - 1, x), (y, x + 1), (y, x - 1)):
                if spot in left:
                    left.remove(spot)
                    edge.append(spot)
        if len(grown) >= least:
            found.append(tuple(np.mean(grown, axis=0)))
    return found


def check(entry, picture):
    """Whether (the colours, the layout) of a picture [64, 64, 3] are those asked for; layout is None where any will do.

    Colours: three quarters of the border have the background's name and every item's colour covers at least 1.5 % of
    the picture; for objects, which have no one colour, anything but the background covers 2 %. Layout: the centres of
    a pair lie at least 6 pixels apart in the right direction, or as many separate pieces are there as were asked for.
    """
    names = name_pixels(picture)
    border = np.ones((SIDE, SIDE), bool)
    border[FRAME:-FRAME, FRAME:-FRAME] = False
    ground = names == NAMES.index(entry["background"])
    colours = ground[border].mean() >= 0.75
    if entry["kind"] == "object":
        return bool(colours and (~ground).mean() >= 0.02), None
    masks = [names == NAMES.index(item["colour"]) for item in entry["items"]]
    colours = bool(colours and all(mask.mean() >= 0.015 for mask in masks))
    if entry["kind"] == "single":
        return colours, None
    if entry["kind"] == "count":
        return colours, len(pieces(masks[0], least=25)) == len(masks)
    if not all(mask.any() for mask in masks):
        return colours, False
    (y0, x0), (y1, x1) = (np.mean(np.nonzero(mask), axis=1) for mask in masks)
    return colours, bool((x1 - x0 if entry["kind"] == "left" else y1 - y0) >= 6)
