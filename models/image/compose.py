"""Draws scenes by lot: what is in them, where, in which colours. The same random state gives the same scene.

Everything stands on a grid of 8 pixels, in one of three sizes, so that a block of the autoencoder always cuts a drawing
in the same way: far fewer patterns to learn than with free places.
"""

import dataclasses

from scenes import COLOURS, PLACES, Item, Scene

NAMES = list(COLOURS)
# What lies behind when nothing is said.
UNSAID = ["white", "white", "sky", "grass", "yellow", "cyan", "pink"]
# Besides the shapes, these can have any colour.
COLOURABLE = ["automobile", "balloon", "umbrella", "butterfly", "bus", "fish"]
SIZES = {"single": 48, "big": 64, "small": 28, "left": 28, "above": 28, "count": 28}
LOW, MIDDLE, HIGH = 2, 18, 34  # where things of size 28 begin


def scene(art, chance):
    """Any scene that training may show."""
    layout = chance.choices(["single", "left", "above", "count"], [68, 11, 9, 12])[0]
    shapes = chance.random() < (0.15 if layout == "single" else 0.5)
    where = _ground(chance, plain=shapes)
    silent = where is None
    if silent:
        where = chance.choice(UNSAID)
    number = {"single": 1, "left": 2, "above": 2, "count": chance.choice([2, 2, 3, 3, 4])}[layout]
    first = _thing(art, chance, shapes, where)
    things = [first] * number if layout == "count" else [first]
    while len(things) < number:
        other = _thing(art, chance, shapes if chance.random() < 0.8 else not shapes, where)
        if other not in things:
            things.append(other)
    size_word = chance.choice(["small", "big"]) if layout == "single" and chance.random() < 0.12 else None
    return Scene(where, place(things, layout, size_word, chance), layout, size_word, silent)


def place(things, layout, size_word, chance):
    """Items of the (drawing, colour) given, laid out; a single thing has a little play."""
    size = SIZES[size_word or layout]
    if layout == "single":
        middle = (64 - size) // 2
        play = {"big": [0], "small": [0, 0, -8, 8, -16, 16]}.get(size_word, [0, 0, 0, 0, -8, 8])
        spots = [(middle + chance.choice(play), middle + chance.choice(play))]
    elif layout == "left":
        spots = [(LOW, MIDDLE), (HIGH, MIDDLE)]
    elif layout == "above":
        spots = [(MIDDLE, LOW), (MIDDLE, HIGH)]
    elif len(things) == 2:
        spots = [(LOW, MIDDLE), (HIGH, MIDDLE)]
    elif len(things) == 3:
        spots = [(LOW, LOW), (HIGH, LOW), (MIDDLE, HIGH)]
    else:
        spots = [(x, y) for x in (LOW, HIGH) for y in (LOW, HIGH)]
    return tuple(Item(drawing, colour, x, y, size) for (drawing, colour), (x, y) in zip(things, spots))


def _thing(art, chance, shape, where):
    colour = chance.choice([name for name in NAMES if name != where])
    if shape:
        return f"shape {chance.choice(art.shapes)}", colour
    if chance.random() < 0.12:
        return chance.choice(COLOURABLE), colour
    return chance.choice(art.labels), None


def _ground(chance, plain):
    kind = chance.random()
    if kind < 0.64 or (plain and kind < 0.8):
        return chance.choice(NAMES)
    return chance.choice(list(PLACES)) if kind < 0.8 else None


def edit(before, art, chance):
    """Another scene that differs in one respect, and what was done: a tuple that begins with the kind of edit."""
    if chance.random() < 0.25:
        return _replaced(before, art, chance)
    can_colour = all(item.shape or item.drawing in COLOURABLE for item in before.items)
    if not can_colour or chance.random() < 0.5:
        while True:
            where = _ground(chance, plain=False)
            if where and where != before.ground and where not in {item.colour for item in before.items}:
                return dataclasses.replace(before, ground=where, silent=False), ("ground", where)
    which = chance.choice(before.items)
    colour = chance.choice([name for name in NAMES if name not in (before.ground, which.colour)])
    after, number = _changed(before, which, colour=colour)
    return after, ("recolour", which, colour, number)


def _replaced(before, art, chance):
    """Another thing in a thing's place; the model is told what the whole picture shows then, as for a mask."""
    which = chance.choice(before.items)
    while True:
        drawing, colour = _thing(art, chance, chance.random() < 0.5, before.ground)
        if (drawing, colour) not in [(item.drawing, item.colour) for item in before.items]:
            return _changed(before, which, drawing=drawing, colour=colour)[0], ("replace",)


def _changed(scene, which, **new):
    """The scene with all items like `which` changed, and their number."""
    like = [(item.drawing, item.colour) == (which.drawing, which.colour) for item in scene.items]
    items = [dataclasses.replace(item, **new) if same else item for item, same in zip(scene.items, like)]
    return dataclasses.replace(scene, items=tuple(items)), sum(like)
