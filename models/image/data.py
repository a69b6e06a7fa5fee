"""Training data by number: scene i of a seed is the same on every machine, whoever draws it."""

import multiprocessing
import random

import numpy as np

import captions
import compose
import heldout
from scenes import Art, draw

EDITS = 0.2  # share of the samples that are edits
CHINESE = 0.2  # share of the captions that are Chinese


class Shards:
    """Shards of `size` samples, drawn by `workers` processes (0: by this one, when asked for)."""

    def __init__(self, work, seed, size, workers=0):
        self._seed, self._size = seed, size
        _open(work)
        # Forked before any thread of torch exists.
        self._pool = multiprocessing.get_context("fork").Pool(workers) if workers else None

    def __call__(self, shard):
        """Captions, pictures [size, 128, 128, 3], indices of the edits [e], and the pictures to edit [e, 128, 128, 3]."""
        numbers = [(self._seed, shard * self._size + i) for i in range(self._size)]
        drawn = self._pool.map(sample, numbers, chunksize=64) if self._pool else [sample(number) for number in numbers]
        texts, targets, sources = zip(*drawn)
        edits = [i for i, source in enumerate(sources) if source is not None]
        return list(texts), np.stack(targets), np.array(edits), np.stack([sources[i] for i in edits])

    def pictures(self, first, count):
        """Pictures alone, for the autoencoder."""
        numbers = [(self._seed, first + i) for i in range(count)]
        drawn = self._pool.map(sample, numbers, chunksize=64) if self._pool else [sample(number) for number in numbers]
        return np.stack([picture for _, picture, _ in drawn])


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
        return captions.instruction(change, _art, chance), draw(after, _art), draw(scene, _art)
    words = captions.chinese if chance.random() < CHINESE else captions.english
    return words(scene, _art, chance), draw(scene, _art), None
