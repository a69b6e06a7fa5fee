"""Writes the prompts that training never sees: heldout.json (200, with what a checker must find) and contact.json (40).

The 200 are about shapes of one colour, because pixels can tell whether they came out right, and about objects on a
coloured background. Training rejects every scene whose `key` is among theirs; the wording differs from prompt to prompt.
"""

import json
import pathlib
import random

import compose
import captions
from heldout import key
from scenes import Scene

HERE = pathlib.Path(__file__).parent
CLEAR = ["red", "orange", "yellow", "green", "blue", "purple", "pink", "black", "white", "cyan"]
SHAPES = ["circle", "square", "triangle", "star", "heart", "diamond", "hexagon", "rectangle", "oval", "cross"]
OBJECTS = ["otter", "cat", "dog", "fox", "penguin", "owl", "turtle", "whale", "butterfly", "rose", "cactus", "banana",
           "pizza", "castle", "bus", "bicycle", "sailboat", "rocket", "umbrella", "guitar", "crown", "robot", "ghost",
           "teddy bear", "snowman"]
PLAN = {"single": 50, "left": 40, "above": 30, "count": 40, "object": 40}
CHINESE = 20
CONTACT = [
    "a cute baby sea otter", "a cute baby sea otter on a blue background", "a cat on a yellow background",
    "a puppy on a green background", "a panda on a pink background", "a penguin in the snow", "an owl at night",
    "a turtle on the beach", "a whale in the sea", "a butterfly on a white background", "a fox on the grass",
    "an elephant", "a giraffe in a meadow", "a red rose on a black background", "a cactus in the desert",
    "a slice of pizza on a purple background", "a birthday cake", "a strawberry on a cyan background",
    "a banana on a blue background", "an ice cream on a pink background", "a house on a green field",
    "a castle at night", "a yellow taxi", "a fire truck on a white background", "a bicycle on the beach",
    "a sailboat on an orange background", "a rocket in space", "an airplane in the sky", "a rainbow on a gray background",
    "a snowman in winter", "a robot on a yellow background", "a ghost on a purple background",
    "a guitar on a brown background", "an umbrella on a gray background", "two red apples on a white background",
    "a dog to the left of a cat", "a blue car on a yellow background", "a green dragon on a red background",
    "蓝色背景上的可爱的熊猫", "草地上的兔子",
]


class Names:
    """What captions need of scenes.Art: each object is called by its own name here."""

    objects = {label: dict(english=[label], chinese=[label], animal=False) for label in OBJECTS}


def lot(kind, chance):
    ground, *colours = chance.sample(CLEAR, 3)
    shapes = [f"shape {chance.choice(SHAPES)}" for _ in range(2)]
    if kind == "object":
        things = [(chance.choice(OBJECTS), None)]
    elif kind == "count":
        things = [(shapes[0], colours[0])] * chance.choice([2, 3, 4])
    else:
        things = list(zip(shapes, colours))[: 1 if kind == "single" else 2]
    layout = "single" if kind == "object" else kind
    return Scene(ground, compose.place(things, layout, None, chance), layout)


def main():
    chance = random.Random(20)
    entries = {}
    for kind, count in PLAN.items():
        wanted = len(entries) + count
        while len(entries) < wanted:
            scene = lot(kind, chance)
            chinese = kind != "object" and len(entries) % 5 == 0 and sum(e["chinese"] for e in entries.values()) < CHINESE
            prompt = (captions.chinese if chinese else captions.english)(scene, Names, chance)
            vague = any(words in prompt for words in (" next to ", " beside ", " on top of ", "和")) or (
                kind in ("left", "above") and (" and a" in prompt and "left" not in prompt and "top" not in prompt))
            if key(scene) not in entries and not vague:
                entries[key(scene)] = dict(
                    prompt=prompt,
                    kind=kind,
                    chinese=chinese,
                    background=scene.ground,
                    items=[dict(drawing=item.drawing, colour=item.colour) for item in scene.items],
                    key=key(scene),
                )
    for name, content in (("heldout", list(entries.values())), ("contact", CONTACT)):
        path = HERE / f"{name}.json"
        path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        print(f"{len(content)} prompts in {path}")


if __name__ == "__main__":
    main()
