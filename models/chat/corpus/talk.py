"""Greetings, who the model is, feelings, names, likings, thanks, goodbyes."""

from .tables import ask, one_of, pairs, rows
from .words import ANIMALS, COLOURS, DAYS, FOODS, HOBBIES, NAMES, PLACES, a, invented, where

ROWS = rows("talk.txt")["talk"]
LIKES = dict(pairs("likes.txt")["likes"])
LIKES |= {what: LIKES[like] for what, like in pairs("likes.txt")["same"]}
FAVOURITES = [("colour", COLOURS), ("food", FOODS), ("animal", ["the " + animal for animal in ANIMALS])]
FAVOURITES += [("day", DAYS), ("hobby", HOBBIES), ("color", COLOURS)]
OWN_FAVOURITES = dict(pairs("likes.txt")["own favourites"])
ON_FAVOURITES = dict(pairs("likes.txt")["on favourites"])
STATEMENTS = pairs("likes.txt")["statements"]


def _row(rng):
    asks, answers = rng.choice(ROWS)
    return rng.choice(asks), answers[0] if rng.random() < 0.5 else rng.choice(answers)


def _small_talk(rng):
    return [_row(rng)]


def _name(rng):
    name = rng.choice(NAMES) if rng.random() < 0.3 else invented(rng, True)
    turns = [(ask(rng, "name", n=name), f"Nice to meet you, {name}! How can I help you?")]
    if rng.random() < 0.4:
        turns += [_row(rng)] if rng.random() < 0.3 else []
        turns.append((ask(rng, "my name"), f"Your name is {name}."))
    return turns


def _favourite(rng):
    kind, values = rng.choice(FAVOURITES)
    value = rng.choice(values)
    if rng.random() < 0.3:
        return [(ask(rng, "favourite", k=kind), OWN_FAVOURITES[kind])]
    comment = ON_FAVOURITES[kind].format(v=value[0].upper() + value[1:])
    turns = [(f"My favourite {kind} is {value}.", "I will keep it in mind. " + comment)]
    if rng.random() < 0.5:
        turns.append((f"What is my favourite {kind}?", f"Your favourite {kind} is {value}."))
    return turns


def _statement(rng):
    hobby, food, place, name, animal = (rng.choice(words) for words in (HOBBIES, FOODS, PLACES, NAMES, ANIMALS))
    said, answer = rng.choice(STATEMENTS)
    fields = dict(hobby=hobby, food=food, place=place, name=name, animal=animal, an=a(animal), where=where(place))
    fields.update(Hobby=hobby.capitalize(), Food=food.capitalize())
    return [(said.format(**fields), answer.format(**fields))]


def _likes(rng):
    what = rng.choice(list(LIKES))
    if what == "music" and rng.random() < 0.5:
        what = "songs"
    return [(ask(rng, "likes", x=what), LIKES[what])]


KINDS = [(_small_talk, 12), (_name, 3.5), (_favourite, 1.2), (_statement, 1.2), (_likes, 1)]


def dialogue(rng):
    return one_of(rng, KINDS)
