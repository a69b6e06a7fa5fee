"""Runs checks and prints a line for each: "ok" or "failed", what was checked, and why it failed, with tabs between them.

Arguments: base URL, a model, one that writes without end, one that makes pictures, and the files of a picture of 41x30 pixels and of a mask for it.
"""

import sys
from typing import Literal

import pydantic

BASE, MODEL, ENDLESS, PAINTER, IMAGE, MASK = sys.argv[1:]
EMBEDDER = "bert"
SCRIPTED = "scripted"
STORY = "Tell me a story."
CITIES = ("Rome", "Oslo")

# What the scripted model asks the tool get_time, and makes of its result.
QUESTION = "What time is it in Oslo?"
RESULT = "noon in Oslo"
ANSWER = "It is noon in Oslo."

checks = []


class Clock(pydantic.BaseModel):
    """The time in a city."""

    city: Literal["Rome", "Oslo"]
    hour: int = pydantic.Field(ge=0, le=23)


def check(function):
    checks.append(function)
    return function


def expect(condition, found):
    if not condition:
        raise AssertionError(f"not so: {found!r}")


def expect_clock(found):
    expect(isinstance(found, Clock) and 0 <= found.hour <= 23, found)


def run():
    for function in checks:
        name = function.__name__.replace("_", " ")
        try:
            function()
            print("ok", name, "", sep="\t", flush=True)
        except Exception as e:
            why = f"{type(e).__name__}: {e}".replace("\n", " ").replace("\t", " ")
            print("failed", name, why[:2000], sep="\t", flush=True)
