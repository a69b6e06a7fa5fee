"""Reads the tables under `data/`: text files of `## name` sections."""

import pathlib

DATA = pathlib.Path(__file__).parent / "data"


def sections(file):
    """Yields (name, text) of each section."""
    for section in ("\n" + (DATA / file).read_text(encoding="utf-8")).split("\n## ")[1:]:
        name, text = section.split("\n", 1)
        yield name, text.strip()


def lists(file):
    """Sections of names between commas."""
    return {name: text.replace("\n", " ").split(", ") for name, text in sections(file)}


def lines(file):
    """Sections of one entry a line."""
    return {name: text.split("\n") for name, text in sections(file)}


def pairs(file):
    """Sections of `key = value` lines, as lists of (key, value): a key may come twice."""
    return {name: [tuple(line.split(" = ", 1)) for line in text.split("\n")] for name, text in sections(file)}


def rows(file):
    """Sections of paragraphs, as lists of (ways to ask, answers): the lines that begin with `= ` are the answers."""
    return {name: [_row(paragraph.split("\n")) for paragraph in text.split("\n\n")] for name, text in sections(file)}


def _row(entries):
    return [e for e in entries if not e.startswith("= ")], [e[2:] for e in entries if e.startswith("= ")]


ASKING = lines("asking.txt")


def ask(rng, section, **fields):
    """One of the ways to ask of that section of `asking.txt`, its {fields} filled."""
    return rng.choice(ASKING[section]).format(**fields)


def one_of(rng, kinds):
    """What one of the functions of `kinds`, a list of (function, weight), makes of `rng`."""
    return rng.choices([kind for kind, _ in kinds], [weight for _, weight in kinds])[0](rng)
