"""Word lists that the other modules draw from, and a few helpers for putting words into sentences."""

from .tables import lists

WORDS = lists("words.txt")
ANIMALS, PEOPLE, THINGS, SMALL = WORDS["animals"], WORDS["people"], WORDS["things"], WORDS["small"]
NAMES, COLOURS, PLACES, FOODS, HOBBIES = (WORDS[k] for k in ("names", "colours", "places", "foods", "hobbies"))
MORE_NAMES, MORE_NOUNS = WORDS["more names"], WORDS["nouns"]
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
NUMBERS = WORDS["numbers"]
LISTS = lists("lists.txt")
PREPOSITIONS = dict(beach="on", mountain="on", farm="on", island="on", market="at", harbour="at", school="at")
PREPOSITIONS |= {"river bank": "on", "quiet street": "on"}
ONSETS = (
    "b c d f g h j k l m n p r s t v w z bl br ch cl cr dr fl fr gl gr kr pl pr qu sh sk sl sm sn sp st str th".split()
)
ONSETS += "tr tw wh".split()
VOWELS = "a e i o u a e i o u ai au ea ee ei ia ie oa oo ou y".split()
CODAS = "b ck d ff g k l ll m mp n nd ng nk nt p r rd rk rt s sh ss st t tch th x z".split() + [""] * 12


def invented(rng, capital=False):
    """A word hardly seen before, so that copying has to be learned rather than remembered."""
    kind = rng.random()
    if kind < 0.35:
        word = rng.choice(MORE_NAMES if capital else MORE_NOUNS)
    elif kind < 0.4:
        word = "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(3, 7)))
    else:
        syllables = rng.choice((1, 2, 2, 2, 3))
        word = "".join(rng.choice(ONSETS) + rng.choice(VOWELS) + rng.choice(CODAS) for _ in range(syllables))
    return word.capitalize() if capital else word


def a(noun):
    """The noun with its article."""
    return ("an " if noun[0].lower() in "aeiou" and not noun.startswith(("uni", "one")) else "a ") + noun


def join(items):
    """One, two and three."""
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def where(place):
    """The place with its preposition, as in "on the beach"."""
    return f"{PREPOSITIONS.get(place, 'in')} the {place}"
