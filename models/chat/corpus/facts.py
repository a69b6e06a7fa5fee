"""Short questions with one right answer."""

from .tables import ask, one_of, pairs
from .words import DAYS, MONTHS, a

FACTS = pairs("facts.txt")
OPPOSITES = pairs("opposites.txt")["opposites"]


def _capital(rng):
    country, city = rng.choice(FACTS["capitals"])
    question, answer = ask(rng, "capital", c=country), f"The capital of {country} is {city}."
    return question, rng.choice([answer] * 3 + [f"It is {city}."]) if rng.random() < 0.2 else answer


def _opposite(rng):
    x, y = rng.choice(OPPOSITES)
    return ask(rng, "opposite", x=x), f"The opposite of {x} is {y}."


def _sound(rng):
    animal, sound = rng.choice(FACTS["sounds"])
    many = {"mouse": "mice", "sheep": "sheep", "wolf": "wolves"}.get(animal, animal + "s")
    return ask(rng, "sound", x=a(animal), many=many), f'{a(animal).capitalize()} says "{sound}".'


def _legs(rng):
    animal, legs = rng.choice(FACTS["legs"])
    return ask(rng, "legs", x=a(animal)), f"{a(animal).capitalize()} has {legs} legs."


def _home(rng):
    animals, home = rng.choice(FACTS["homes"])
    return ask(rng, "home", x=animals), f"{animals.capitalize()} live {home}."


def _eats(rng):
    animals, food = rng.choice(FACTS["food"])
    return ask(rng, "eats", x=animals), f"{animals.capitalize()} eat {food}."


def _colour(rng):
    thing, colour = rng.choice(FACTS["colours"])
    spelling = rng.choice(["colour", "color"])
    return ask(rng, "colour", s=spelling, x=thing), f"{thing[0].upper() + thing[1:]} is {colour}."


def _count(rng):
    question, answer = rng.choice(FACTS["counts"])
    return ask(rng, "how many", q=question), answer + "."


def _thing(rng):
    question, answer = rng.choice(FACTS["things"])
    first = "Which" if question.startswith(("season", "language")) and rng.random() < 0.5 else "What"
    return ask(rng, "thing fact", w=first, q=question), answer + "."


def _calendar(rng):
    items, kind = rng.choice([(DAYS, "day"), (MONTHS, "month")])
    i = rng.randrange(len(items))
    step, side = rng.choice([(1, "after"), (-1, "before")])
    other = items[(i + step) % len(items)]
    return ask(rng, "calendar", word=ask(rng, side), k=kind, x=items[i]), f"{other} comes {side} {items[i]}."


KINDS = [(_capital, 5), (_opposite, 5), (_sound, 2), (_legs, 2), (_home, 2.5), (_eats, 2)]
KINDS += [(_colour, 3), (_count, 3), (_thing, 4), (_calendar, 2.5)]


def dialogue(rng):
    return [one_of(rng, KINDS)]
