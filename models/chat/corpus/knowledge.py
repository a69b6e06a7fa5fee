"""What things are, why they are so, and how everyday things are done."""

from .tables import ask, one_of, pairs, rows
from .words import a

DEFINITIONS = pairs("definitions.txt")
ANSWERS = rows("answers.txt")
GERUNDS = dict(get="getting", stop="stopping", swim="swimming", plan="planning", be="being", tie="tying", fry="frying")


def _definition(rng):
    if rng.random() < 0.25:
        thing, answer = rng.choice(DEFINITIONS["uncountable"])
        named = thing
    else:
        thing, answer = rng.choice(DEFINITIONS["countable"])
        named = a(thing)
    return ask(rng, "definition", x=named, t=thing.removeprefix("the ")), answer


def _reason(rng):
    (direct, told), [answer] = rng.choice(ANSWERS["reasons"])
    return ask(rng, "reason", direct=direct, told=told), answer


def _task(rng):
    names, [answer] = rng.choice(ANSWERS["tasks"])
    return ask(rng, "task", x=rng.choice(names)), answer


def _tip(rng):
    names, [answer] = rng.choice(ANSWERS["tasks"])
    first, *rest = rng.choice(names).split(" ")
    gerund = GERUNDS.get(first) or first.removesuffix("e") + "ing"
    return ask(rng, "tip", x=" ".join([gerund, *rest])), answer


def _idea(rng):
    asks, [answer] = rng.choice(ANSWERS["ideas"])
    return rng.choice(asks), answer


KINDS = [(_definition, 5), (_reason, 2.5), (_task, 5), (_tip, 1), (_idea, 2.5)]


def dialogue(rng):
    return [one_of(rng, KINDS)]
