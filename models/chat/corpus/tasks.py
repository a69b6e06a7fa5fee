"""Small tasks: arithmetic, counting, lists, spelling, repeating, first letters, bigger and smaller."""

from .words import ANIMALS, COLOURS, FOODS, LISTS, NAMES, NUMBERS, PLACES, THINGS, invented, join, where


def _arithmetic(rng):
    op = rng.choice("++--*")
    x, y = (rng.randint(0, 20), rng.randint(0, 20)) if op != "*" else (rng.randint(0, 10), rng.randint(0, 10))
    if op == "-" and x < y:
        x, y = y, x
    result = {"+": x + y, "-": x - y, "*": x * y}[op]
    word = {"+": "plus", "-": "minus", "*": "times"}[op]
    words = rng.random() < .12 and max(x, y) <= 20
    sx, sy = (NUMBERS[x], NUMBERS[y]) if words else (str(x), str(y))
    asks = ["What is {x} {w} {y}?", "What's {x} {w} {y}?", "{x} {w} {y}", "{x} {o} {y}", "{x} {o} {y} = ?", "How much is {x} {w} {y}?", "Calculate {x} {o} {y}.",
            "What is {x} {o} {y}?", "Can you tell me {x} {w} {y}?", "Please work out {x} {w} {y}.", "What does {x} {w} {y} make?", "Do you know what {x} {w} {y} is?"]
    if op == "+":
        asks += ["Add {x} and {y}.", "Can you add {x} and {y}?", "What is the sum of {x} and {y}?", "Please add {x} and {y} for me."]
    if op == "-":
        asks += ["Take {y} away from {x}.", "Subtract {y} from {x}.", "What is left when I take {y} from {x}?"]
    if op == "*":
        asks += ["Multiply {x} by {y}."]
    return rng.choice(asks).format(x=sx, y=sy, w=word, o=op), f"{x} {word} {y} is {result}."


def _apples(rng):
    x, y = rng.randint(1, 12), rng.randint(1, 10)
    thing = rng.choice(["apples", "books", "coins", "balls", "cookies", "pencils", "eggs", "marbles"])
    if rng.random() < .5:
        return rng.choice([f"I have {x} {thing} and get {y} more. How many do I have?", f"If I have {x} {thing} and buy {y} more, how many {thing} do I have?"]), \
            f"{x} plus {y} is {x + y}, so you have {x + y} {thing}."
    x += y
    return rng.choice([f"I have {x} {thing} and give away {y}. How many are left?", f"If I have {x} {thing} and lose {y}, how many {thing} are left?"]), \
        f"{x} minus {y} is {x - y}, so {x - y} {thing} are left."


def _count(rng):
    n = rng.randint(2, 12)
    said = rng.choice([str(n), NUMBERS[n]])
    if rng.random() < .2:
        return rng.choice([f"Count down from {said}.", f"Can you count backwards from {said}?"]), ", ".join(str(i) for i in range(n, 0, -1)) + "."
    return rng.choice([f"Count to {said}.", f"Count from 1 to {said}.", f"Can you count to {said}?", f"Please count from one to {said}.",
                       f"Count up to {said}, please."]), ", ".join(str(i) for i in range(1, n + 1)) + "."


def _list(rng):
    kind = rng.choice(list(LISTS))
    n = rng.choice([2, 3, 3, 3, 4, 5])
    start = rng.choice([0, 0, 0, 1, 2])
    items = LISTS[kind][start:start + n]
    said = rng.choice([str(n), NUMBERS[n]])
    ask = rng.choice(["Name {n} {k}.", "Give me {n} {k}.", "List {n} {k}.", "Tell me {n} {k}.", "Can you name {n} {k}?", "Can you give me {n} {k}?",
                      "I need {n} {k}.", "Write a list of {n} {k}.", "What are {n} {k}?"]).format(n=said, k=kind)
    if rng.random() < .15:
        ask, items = rng.choice([f"Name some {kind}.", f"Tell me some {kind}.", f"What {kind} do you know?"]), LISTS[kind][:3]
    text = join(items)
    return ask, f"{text[0].upper() + text[1:]}."


def _whole_week(rng):
    return rng.choice([
        (rng.choice(["What are the days of the week?", "Name the days of the week.", "List all days of the week."]),
         "The days of the week are " + join(LISTS["days of the week"]) + "."),
        (rng.choice(["What are the four seasons?", "Name the seasons.", "List the seasons of the year."]), "The seasons are spring, summer, autumn and winter."),
        (rng.choice(["Say the alphabet.", "What is the alphabet?", "Can you say the alphabet?"]), "A B C D E F G H I J K L M N O P Q R S T U V W X Y Z."),
        (rng.choice(["What are the colours of the rainbow?", "Name the colors of the rainbow."]), "The colours of the rainbow are red, orange, yellow, green, blue, indigo and violet."),
        (rng.choice(["What are the months of the year?", "List all months."]),
         "The months are January, February, March, April, May, June, July, August, September, October, November and December.")])


def _word(rng):
    return rng.choice([rng.choice(THINGS), rng.choice(ANIMALS), invented(rng), rng.choice(NAMES)])


def _repeat(rng):
    what = rng.choice([
        _word(rng), f"{_word(rng)} {_word(rng)}", f"the {rng.choice(COLOURS)} {rng.choice(THINGS)}", f"I like {rng.choice(FOODS)}", f"hello {_word(rng)}",
        f"{_word(rng)}, {_word(rng)} and {_word(rng)}", "ok", "yes", "hello", "hello world", f"the {rng.choice(ANIMALS)} is {where(rng.choice(PLACES))}",
        str(rng.randint(0, 999)), f"{rng.choice(NAMES)} has {rng.randint(2, 50)} {rng.choice(THINGS)}s"])
    ask = rng.choice(["Say {w}.", "Say: {w}", 'Say "{w}".', "Repeat after me: {w}", "Please repeat: {w}", "Just say {w}.", "Can you say {w}?", "Answer with the word {w}.",
                      "Reply with {w}.", "Write {w}.", 'Repeat "{w}".', "Reply only with: {w}"])
    answer = what[0].upper() + what[1:]
    return ask.format(w=what), answer + ("." if answer[-1].isalpha() or answer[-1].isdigit() else "")


def _spell(rng):
    word = rng.choice(THINGS + ANIMALS)
    return rng.choice([f"How do you spell {word}?", f"Spell {word}.", f"Can you spell the word {word}?"]), f"{'-'.join(word.upper())}."


def _letter(rng):
    word = rng.choice(THINGS + ANIMALS + NAMES)
    return rng.choice([f"What is the first letter of {word}?", f"Which letter does {word} start with?"]), f"{word.capitalize()} starts with {word[0].upper()}."


SIZES = "ant mouse cat dog sheep lion horse elephant house mountain".split()


def _compare(rng):
    if rng.random() < .5:
        i, j = sorted(rng.sample(range(len(SIZES)), 2))
        x, y = rng.sample([SIZES[i], SIZES[j]], 2)
        bigger = rng.random() < .5
        an = lambda w: ("an " if w[0] in "ae" else "a ") + w
        word = rng.choice(["bigger", "larger"]) if bigger else "smaller"
        return f"Which is {word}, {an(x)} or {an(y)}?", f"{an(SIZES[j] if bigger else SIZES[i]).capitalize()} is {word}."
    x, y = rng.sample(range(1, 100), 2)
    bigger = rng.random() < .6
    word = "bigger" if bigger else "smaller"
    return rng.choice([f"Which number is {word}, {x} or {y}?", f"What is {word}: {x} or {y}?"]), f"{max(x, y) if bigger else min(x, y)} is {word}."


KINDS = [(_arithmetic, 9), (_apples, 1.5), (_count, 2), (_list, 4), (_whole_week, 1), (_repeat, 4), (_spell, .3), (_letter, .5), (_compare, 1)]


def dialogue(rng):
    return [rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0](rng)]
