"""Small tasks: arithmetic, counting, lists, spelling, repeating, first letters, bigger and smaller."""

from .tables import ASKING, ask, one_of, rows
from .words import ANIMALS, COLOURS, FOODS, LISTS, NAMES, NUMBERS, PLACES, THINGS, a, invented, join, where

SERIES = rows("series.txt")["series"]
COUNTABLE = "apples books coins balls cookies pencils eggs marbles".split()
SIZES = "ant mouse cat dog sheep lion horse elephant house mountain".split()  # from small to big


def _arithmetic(rng):
    sign = rng.choice("++--*")
    most = 10 if sign == "*" else 20
    x, y = rng.randint(0, most), rng.randint(0, most)
    if sign == "-" and x < y:
        x, y = y, x
    result = {"+": x + y, "-": x - y, "*": x * y}[sign]
    word = {"+": "plus", "-": "minus", "*": "times"}[sign]
    said = [NUMBERS[x], NUMBERS[y]] if rng.random() < 0.12 else [x, y]
    asks = ASKING["arithmetic"] + {"+": ASKING["plus"], "-": ASKING["minus"], "*": ["Multiply {x} by {y}."]}[sign]
    return rng.choice(asks).format(x=said[0], y=said[1], w=word, o=sign), f"{x} {word} {y} is {result}."


def _apples(rng):
    x, y = rng.randint(1, 12), rng.randint(1, 10)
    thing = rng.choice(COUNTABLE)
    if rng.random() < 0.5:
        return ask(rng, "apples more", x=x, y=y, t=thing), f"{x} plus {y} is {x + y}, so you have {x + y} {thing}."
    question = ask(rng, "apples fewer", x=x + y, y=y, t=thing)
    return question, f"{x + y} minus {y} is {x}, so {x} {thing} are left."


def _count(rng):
    n = rng.randint(2, 12)
    said = rng.choice([str(n), NUMBERS[n]])
    if rng.random() < 0.2:
        return ask(rng, "count down", n=said), ", ".join(str(i) for i in range(n, 0, -1)) + "."
    return ask(rng, "count", n=said), ", ".join(str(i) for i in range(1, n + 1)) + "."


def _list(rng):
    kind = rng.choice(list(LISTS))
    n = rng.choice([2, 3, 3, 3, 4, 5])
    start = rng.choice([0, 0, 0, 1, 2])
    question = ask(rng, "list", n=rng.choice([str(n), NUMBERS[n]]), k=kind)
    text = join(LISTS[kind][start : start + n])
    if rng.random() < 0.15:
        question, text = ask(rng, "some", k=kind), join(LISTS[kind][:3])
    return question, f"{text[0].upper() + text[1:]}."


def _series(rng):
    return rng.choice([(rng.choice(asks), answer) for asks, [answer] in SERIES])


def _word(rng):
    known = [rng.choice(THINGS), rng.choice(ANIMALS)]
    return rng.choice(known + [invented(rng), invented(rng), invented(rng, True), rng.choice(NAMES)])


def _repeat(rng):
    what = rng.choice(
        [
            _word(rng),
            f"{_word(rng)} {_word(rng)}",
            f"the {rng.choice(COLOURS)} {rng.choice(THINGS)}",
            f"I like {rng.choice(FOODS)}",
            f"hello {_word(rng)}",
            f"{_word(rng)}, {_word(rng)} and {_word(rng)}",
            "ok",
            "yes",
            "hello",
            "hello world",
            f"the {rng.choice(ANIMALS)} is {where(rng.choice(PLACES))}",
            str(rng.randint(0, 999)),
            f"{rng.choice(NAMES)} has {rng.randint(2, 50)} {rng.choice(THINGS)}s",
        ]
    )
    answer = what[0].upper() + what[1:]
    return ask(rng, "repeat", w=what), answer + "."


def _spell(rng):
    word = rng.choice(THINGS + ANIMALS)
    return ask(rng, "spell", w=word), f"{'-'.join(word.upper())}."


def _letter(rng):
    word = rng.choice(THINGS + ANIMALS + NAMES)
    return ask(rng, "letter", w=word), f"{word.capitalize()} starts with {word[0].upper()}."


def _bigger_thing(rng):
    i, j = sorted(rng.sample(range(len(SIZES)), 2))
    x, y = rng.sample([SIZES[i], SIZES[j]], 2)
    bigger = rng.random() < 0.5
    word = rng.choice(["bigger", "larger"]) if bigger else "smaller"
    return f"Which is {word}, {a(x)} or {a(y)}?", f"{a(SIZES[j] if bigger else SIZES[i]).capitalize()} is {word}."


def _bigger_number(rng):
    x, y = rng.sample(range(1, 100), 2)
    word, choose = ("bigger", max) if rng.random() < 0.6 else ("smaller", min)
    return ask(rng, "bigger number", w=word, x=x, y=y), f"{choose(x, y)} is {word}."


def _compare(rng):
    return _bigger_thing(rng) if rng.random() < 0.5 else _bigger_number(rng)


KINDS = [(_arithmetic, 9), (_apples, 1.5), (_count, 3), (_list, 4), (_series, 1)]
KINDS += [(_repeat, 6), (_spell, 0.3), (_letter, 0.5), (_compare, 1)]


def dialogue(rng):
    return [one_of(rng, KINDS)]
