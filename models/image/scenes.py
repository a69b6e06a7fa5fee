"""What a picture shows, as plain data, and how it is drawn."""

import dataclasses
import json
import random

import numpy as np
from PIL import Image, ImageDraw

SIDE = 128
COLOURS = {
    "red": (225, 40, 40),
    "orange": (250, 145, 30),
    "yellow": (250, 220, 50),
    "green": (50, 165, 70),
    "blue": (40, 95, 220),
    "purple": (135, 60, 180),
    "pink": (250, 150, 190),
    "brown": (125, 80, 45),
    "cyan": (60, 205, 220),
    "black": (25, 25, 28),
    "white": (252, 252, 252),
    "gray": (135, 138, 142),
}
# Where a thing can be: colours from top to bottom, each with the height (0 to 1) at which it begins.
PLACES = {
    "sky": [(0, (110, 185, 245)), (1, (200, 230, 252))],
    "night": [(0, (18, 22, 62)), (1, (52, 52, 112))],
    "grass": [(0, (150, 208, 248)), (0.6, (205, 234, 250)), (0.6, (112, 190, 82)), (1, (76, 152, 60))],
    "beach": [(0, (140, 208, 250)), (0.4, (200, 234, 250)), (0.4, (50, 150, 205)), (0.62, (92, 196, 214)),
              (0.62, (246, 222, 166)), (1, (236, 202, 140))],
    "sea": [(0, (82, 190, 226)), (1, (18, 78, 150))],
    "desert": [(0, (250, 206, 142)), (0.6, (252, 230, 186)), (0.6, (232, 182, 104)), (1, (206, 150, 80))],
    "snow": [(0, (172, 202, 230)), (0.6, (214, 228, 242)), (0.6, (246, 249, 253)), (1, (228, 236, 246))],
}


@dataclasses.dataclass(frozen=True)
class Item:
    """One thing. `colour` names its tint, None keeps a drawing's own colours; centre and size are in pixels."""

    drawing: str
    colour: str | None
    rgb: tuple[int, int, int] | None
    x: float
    y: float
    size: float
    turn: float = 0.0
    flip: bool = False

    @property
    def shape(self):
        return self.drawing.removeprefix("shape ") if self.drawing.startswith("shape ") else None


@dataclasses.dataclass(frozen=True)
class Scene:
    """`ground` names the background's colour or the place; None is a background that the caption does not mention.

    `layout` is "single", "count", "row", or the relation of the first item to the second: "left", "above".
    """

    ground: str | None
    rgb: tuple[int, int, int]
    items: tuple[Item, ...]
    layout: str
    size_word: str | None = None


class Art:
    """The drawings of art.npz by name, and the objects' names."""

    def __init__(self, work):
        with np.load(work / "art.npz") as file:
            self._drawings = {str(n): Image.fromarray(p, "RGBA") for n, p in zip(file["names"], file["pixels"])}
        things = json.loads((work / "objects.json").read_text(encoding="utf-8"))
        self.objects = {thing["label"]: thing for thing in things}
        self.all = list(self.objects)
        self.common = [label for label in self.all if self.objects[label]["common"]]
        self.shapes = [name.removeprefix("shape ") for name in self._drawings if name.startswith("shape ")]

    def drawing(self, item):
        picture = self._drawings[item.drawing]
        if item.rgb:
            picture = tint(picture, item.rgb, flat=item.shape is not None)
        if item.flip:
            picture = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        size = round(item.size)
        picture = picture.resize((size, size), Image.Resampling.LANCZOS)
        return picture.rotate(item.turn, Image.Resampling.BICUBIC) if item.turn else picture


def tint(picture, rgb, flat):
    """Repaints a drawing in shades of one colour: what is of middle brightness becomes that colour."""
    pixels = np.asarray(picture).astype(np.float32)
    colour = np.array(rgb, np.float32)
    if not flat:
        light = pixels[..., :3] @ np.array([0.3, 0.59, 0.11], np.float32) / 255
        middle = np.clip(np.median(light[pixels[..., 3] > 128]), 0.35, 0.75)
        dark, bright = np.clip(light / middle, 0.25, 1), np.clip((light - middle) / (1 - middle), 0, 1) * 0.8
        colour = colour * dark[..., None] * (1 - bright[..., None]) + 255 * bright[..., None]
    pixels[..., :3] = colour
    return Image.fromarray(pixels.astype(np.uint8), "RGBA")


def ground(scene):
    if scene.ground not in PLACES:
        return Image.new("RGB", (SIDE, SIDE), scene.rgb)
    stops = PLACES[scene.ground]
    heights = np.linspace(0, 1, SIDE)
    rows = np.stack([np.interp(heights, [s[0] for s in stops], [s[1][c] for s in stops]) for c in range(3)], axis=1)
    picture = Image.fromarray(np.repeat(rows[:, None], SIDE, axis=1).astype(np.uint8), "RGB")
    _sprinkle(scene, ImageDraw.Draw(picture))
    return picture


def _sprinkle(scene, pen):
    """Stars, clouds, flakes and bubbles, at places that the scene's own colour seeds."""
    chance = random.Random(repr(scene.rgb))
    many = {"night": 22, "snow": 22, "sea": 8, "sky": 3}.get(scene.ground, 0)
    for _ in range(many):
        x, y = chance.uniform(4, SIDE - 4), chance.uniform(4, SIDE - 4)
        if scene.ground == "sky":
            for dx, r in ((-9, 5), (0, 8), (9, 6)):
                pen.ellipse([x + dx - r, y - r, x + dx + r, y + r], fill=(250, 252, 255))
        else:
            r = chance.uniform(1, 2.4) * (1.4 if scene.ground == "sea" else 1)
            fill = (255, 240, 170) if scene.ground == "night" else (250, 253, 255)
            pen.ellipse([x - r, y - r, x + r, y + r], fill=None if scene.ground == "sea" else fill, outline=fill)


def draw(scene, art):
    """The scene as [128, 128, 3] uint8."""
    picture = ground(scene)
    for item in scene.items:
        drawing = art.drawing(item)
        picture.paste(drawing, (round(item.x - drawing.width / 2), round(item.y - drawing.height / 2)), drawing)
    return np.asarray(picture)


def vary(rgb, chance, by=14):
    """A shade near the colour, so that its name means a range."""
    return tuple(int(min(255, max(0, value + chance.uniform(-by, by)))) for value in rgb)
