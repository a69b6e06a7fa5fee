"""What a picture shows, as plain data, and how it is drawn."""

import dataclasses
import functools
import json
import random

import numpy as np
from PIL import Image, ImageDraw

SIDE = 64
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
    "grass": [(0, (150, 208, 248)), (0.625, (205, 234, 250)), (0.625, (112, 190, 82)), (1, (76, 152, 60))],
    "beach": [(0, (140, 208, 250)), (0.375, (200, 234, 250)), (0.375, (50, 150, 205)), (0.625, (92, 196, 214)),
              (0.625, (246, 222, 166)), (1, (236, 202, 140))],
    "sea": [(0, (82, 190, 226)), (1, (18, 78, 150))],
    "desert": [(0, (250, 206, 142)), (0.625, (252, 230, 186)), (0.625, (232, 182, 104)), (1, (206, 150, 80))],
    "snow": [(0, (172, 202, 230)), (0.625, (214, 228, 242)), (0.625, (246, 249, 253)), (1, (228, 236, 246))],
}


@dataclasses.dataclass(frozen=True)
class Item:
    """One thing. `colour` names its tint, None keeps a drawing's own colours; left, top and size are in pixels."""

    drawing: str
    colour: str | None
    left: int
    top: int
    size: int

    @property
    def shape(self):
        return self.drawing.removeprefix("shape ") if self.drawing.startswith("shape ") else None


@dataclasses.dataclass(frozen=True)
class Scene:
    """`ground` names the background's colour or the place; the caption of a `silent` scene does not mention it.

    `layout` is "single", "count", or the relation of the first item to the second: "left", "above".
    """

    ground: str
    items: tuple[Item, ...]
    layout: str
    size_word: str | None = None
    silent: bool = False


class Art:
    """The drawings of art.npz by name, and the objects' names."""

    def __init__(self, work):
        with np.load(work / "art.npz") as file:
            self._drawings = {str(n): Image.fromarray(p, "RGBA") for n, p in zip(file["names"], file["pixels"])}
        things = json.loads((work / "objects.json").read_text(encoding="utf-8"))
        self.objects = {thing["label"]: thing for thing in things}
        self.labels = list(self.objects)
        self.shapes = [name.removeprefix("shape ") for name in self._drawings if name.startswith("shape ")]

    @functools.lru_cache(maxsize=None)
    def drawing(self, name, colour, size):
        """(colours times opacity, 1 - opacity) as float32."""
        picture = self._drawings[name]
        if colour:
            picture = tint(picture, COLOURS[colour], flat=name.startswith("shape "))
        pixels = np.asarray(picture.resize((size, size), Image.Resampling.LANCZOS)).astype(np.float32)
        opacity = pixels[..., 3:] / 255
        return pixels[..., :3] * opacity, 1 - opacity


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


@functools.lru_cache(maxsize=None)
def ground(name):
    if name not in PLACES:
        return np.full((SIDE, SIDE, 3), COLOURS[name], np.float32)
    stops, heights = PLACES[name], np.linspace(0, 1, SIDE)
    rows = np.stack([np.interp(heights, [s[0] for s in stops], [s[1][c] for s in stops]) for c in range(3)], axis=1)
    picture = Image.fromarray(np.repeat(rows[:, None], SIDE, axis=1).astype(np.uint8), "RGB")
    _sprinkle(name, ImageDraw.Draw(picture))
    return np.asarray(picture).astype(np.float32)


def _sprinkle(name, pen):
    """Stars, clouds, flakes and bubbles, always at the same places."""
    chance = random.Random(name)
    for _ in range({"night": 14, "snow": 12, "sea": 7, "sky": 3}.get(name, 0)):
        x, y = chance.uniform(3, SIDE - 3), chance.uniform(3, SIDE - 3)
        if name == "sky":
            for dx, r in ((-5, 2.5), (0, 4), (5, 3)):
                pen.ellipse([x + dx - r, y - r, x + dx + r, y + r], fill=(250, 252, 255))
        else:
            r = chance.uniform(0.6, 1.3) * (1.5 if name == "sea" else 1)
            fill = (255, 240, 170) if name == "night" else (250, 253, 255)
            pen.ellipse([x - r, y - r, x + r, y + r], fill=None if name == "sea" else fill, outline=fill)


def draw(scene, art):
    """The scene as [64, 64, 3] uint8."""
    picture = ground(scene.ground).copy()
    for item in scene.items:
        colours, rest = art.drawing(item.drawing, item.colour, item.size)
        part = picture[item.top : item.top + item.size, item.left : item.left + item.size]
        part *= rest
        part += colours
    return (picture + 0.5).clip(0, 255).astype(np.uint8)
