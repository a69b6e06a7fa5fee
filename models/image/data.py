"""Training data by number: scene i of a seed is the same on every machine, whoever draws it."""

import random

import numpy as np

import captions
import compose
import heldout
from scenes import Art, draw

EDITS = 0.18  # share of the samples that are edits
CHINESE = 0.1  # share of the captions that are Chinese


class Shards:
    """Shards of `size` samples, drawn when asked for."""

    def __init__(self, work, seed, size):
        self._seed, self._size = seed, size
        _open(work)

    def __call__(self, shard):
        """Captions, pictures [size, 64, 64, 3], indices of the edits [e], and the pictures to edit [e, 64, 64, 3]."""
        texts, targets, sources = zip(*(sample((self._seed, shard * self._size + i)) for i in range(self._size)))
        edits = [i for i, source in enumerate(sources) if source is not None]
        return list(texts), np.stack(targets), np.array(edits), np.stack([sources[i] for i in edits])

    def pictures(self, first, count):
        """Pictures alone, for the autoencoder."""
        return np.stack([sample((self._seed, first + i))[1] for i in range(count)])


_art = None
_held = None


def _open(work):
    global _art, _held
    _art = Art(work)
    _held = {entry["key"] for entry in heldout.prompts()}


def fresh_scene(chance):
    while True:
        scene = compose.scene(_art, chance)
        if heldout.key(scene) not in _held:
            return scene


def sample(number):
    """(caption or instruction, picture, picture to edit or None) of a (seed, index)."""
    chance = random.Random("%d:%d" % number)
    scene = fresh_scene(chance)
    if chance.random() < EDITS:
        while True:
            after, change = compose.edit(scene, _art, chance)
            if heldout.key(after) not in _held:
                break
        return captions.instruction(after, change, _art, chance), draw(after, _art), draw(scene, _art)
    words = captions.chinese if chance.random() < CHINESE else captions.english
    return words(scene, _art, chance), draw(scene, _art), None
