"""Draws scenes by lot: what is in them, where, in which colours. The same random state gives the same scene."""

import dataclasses

from scenes import COLOURS, PLACES, SIDE, Item, Scene, vary

NAMES = list(COLOURS)
SIZES = {"single": (76, 104), "small": (34, 50), "big": (104, 122), "left": (46, 58), "above": (46, 58),
         "count": (40, 50), "row": (32, 38)}


def scene(art, chance):
    """Any scene that training may show."""
    layout = chance.choices(["single", "left", "above", "count", "row"], [62, 12, 10, 12, 4])[0]
    shapes = chance.random() < (0.3 if layout == "single" else 0.6)
    where, rgb = _ground(chance, plain=shapes)
    number = {"single": 1, "left": 2, "above": 2, "count": chance.choice([2, 2, 3, 3, 4]), "row": 3}[layout]
    first = _thing(art, chance, shapes, where)
    things = [first] * number if layout == "count" else [first]
    while len(things) < number:
        other = _thing(art, chance, shapes if chance.random() < 0.8 else not shapes, where)
        if other[:2] not in [thing[:2] for thing in things]:
            things.append(other)
    size_word = chance.choice(["small", "big"]) if layout == "single" and chance.random() < 0.12 else None
    return Scene(where, rgb, place(things, layout, size_word, chance), layout, size_word)


def place(things, layout, size_word, chance):
    """Items of the (drawing, colour, rgb) given, laid out with a little play."""
    low, high = SIZES[size_word or layout]
    if layout == "count" and len(things) > 2:
        low, high = 32, 38
    size, middle = chance.uniform(low, high), SIDE / 2
    if layout == "single":
        play = (SIDE - size) / 4
        spots = [(middle, middle)]
    elif layout == "count" and len(things) == 4:
        play, spots = 4, [(middle + dx, middle + dy) for dx in (-30, 30) for dy in (-30, 30)]
    elif layout in ("row", "count"):
        play, step = (3, 42) if len(things) == 3 else (4, 58)
        spots = [(middle + step * (i - (len(things) - 1) / 2), middle) for i in range(len(things))]
    elif layout == "left":
        play, spots = 5, [(middle - 30, middle), (middle + 30, middle)]
    else:
        play, spots = 4, [(middle, middle - 31), (middle, middle + 31)]
    items = []
    for (drawing, colour, rgb), (x, y) in zip(things, spots):
        turn = chance.uniform(-12, 12) if chance.random() < 0.2 else 0.0
        flip = not drawing.startswith("shape ") and chance.random() < 0.3
        x, y = x + chance.uniform(-play, play), y + chance.uniform(-play, play)
        items.append(Item(drawing, colour, rgb, x, y, size, turn, flip))
    return tuple(items)


def _thing(art, chance, shape, where):
    if shape:
        colour = chance.choice([name for name in NAMES if name != where and not (where is None and name == "white")])
        return f"shape {chance.choice(art.shapes)}", colour, vary(COLOURS[colour], chance)
    label = chance.choice(art.common if chance.random() < 0.7 else art.all)
    if chance.random() < 0.12:
        colour = chance.choice([name for name in NAMES if name != where])
        return label, colour, vary(COLOURS[colour], chance)
    return label, None, None


def _ground(chance, plain):
    kind = chance.random()
    if kind < 0.6:
        name = chance.choice(NAMES)
        return name, vary(COLOURS[name], chance)
    if kind < 0.78 and not plain:
        return chance.choice(list(PLACES)), tuple(chance.randrange(256) for _ in range(3))
    if kind < 0.92:
        return None, vary((250, 250, 250), chance, 5)
    return None, tuple(chance.randrange(195, 250) for _ in range(3))


def edit(before, art, chance):
    """Another scene that differs in one respect, and what was done: a tuple that begins with the kind of edit."""
    kind = chance.choices(["ground", "recolour", "replace"], [4, 4, 3])[0]
    if kind == "ground":
        while True:
            where, rgb = _ground(chance, plain=False)
            if where and where != before.ground and where not in {item.colour for item in before.items}:
                return dataclasses.replace(before, ground=where, rgb=rgb), ("ground", where)
    which = chance.choice(before.items)
    old = (which.drawing, which.colour)
    changed = [i for i, item in enumerate(before.items) if (item.drawing, item.colour) == old]
    if kind == "recolour":
        colour = chance.choice([name for name in NAMES if name not in (before.ground, which.colour)])
        new = dict(colour=colour, rgb=vary(COLOURS[colour], chance))
    else:
        drawing, colour, rgb = _thing(art, chance, which.shape is not None and chance.random() < 0.7, before.ground)
        if which.shape and drawing.startswith("shape "):
            colour, rgb = which.colour, which.rgb
        new = dict(drawing=drawing, colour=colour, rgb=rgb)
    items = [dataclasses.replace(item, **new) if i in changed else item for i, item in enumerate(before.items)]
    return dataclasses.replace(before, items=tuple(items)), (kind, which, items[changed[0]], len(changed))
