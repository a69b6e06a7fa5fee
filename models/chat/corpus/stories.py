"""Short stories about a given thing, from a grammar; the adjective or the kind of hero chooses the plot.

Fields of a plot: h the hero, n who acts (the hero, or a person where the story is about a thing), s the noun asked
for, f a friend, w where, p the place; H, N, F with a capital.
"""

from .tables import lines, pairs, rows
from .words import ANIMALS, COLOURS, FOODS, NAMES, PEOPLE, PLACES, SMALL, THINGS, WORDS, a, invented, where

PLOTS = rows("plots.txt")
SAID = lines("story_words.txt")
LIVING, THING = ({asks[0]: plot for asks, plot in PLOTS[kind]} for kind in ("living", "thing"))
ANY_LIVING, ANY_THING, WHO = ([plot for _, plot in PLOTS[kind]] for kind in ("any living", "any thing", "who"))
SAME_LIVING, SAME_THING = (dict(pairs("adjectives.txt")[kind]) for kind in ("living", "thing"))
THANKS = pairs("thanks.txt")["story"]


def _told(opening, plot, words):
    return " ".join([opening] + [line.format(**words) for line in plot])


def _opening(rng, who):
    return rng.choice(SAID["openings"]).format(t=who)


def _words(rng, subject):
    place = rng.choice(PLACES) if rng.random() < 0.85 else invented(rng)
    if rng.random() < 0.7:
        friend = "the " + rng.choice([x for x in ANIMALS + PEOPLE if x != subject])
    else:
        friend = rng.choice(NAMES)
    hero = "the " + subject
    words = dict(h=hero, n=hero, s=subject, f=friend, w=where(place), p=place, food=rng.choice(FOODS))
    words.update(thing=a(rng.choice(SMALL)))
    words.update(thing2=a(rng.choice(["tree", "house", "fence", "big stone", "chair", "door", "bush"])))
    return _with_capitals(words)


def _with_capitals(words):
    return words | {key.upper(): words[key][0].upper() + words[key][1:] for key in "hnf"}


def story(rng):
    """Returns (what the story is about as asked for, the story)."""
    kind = rng.choices(["living", "thing", "two", "who", "named", "coloured"], [5, 5, 1.5, 1.5, 1.5, 1])[0]
    living = kind != "thing" and not (kind == "coloured" and rng.random() < 0.6)
    noun = rng.choice(ANIMALS + PEOPLE if living else THINGS)
    if rng.random() < 0.4:
        noun = invented(rng)
    words = _words(rng, noun)
    name = rng.choice(NAMES) if rng.random() < 0.7 else invented(rng, True)
    end = rng.choice(SAID["endings"])
    if kind == "two":
        return _two(rng, noun, words, end)
    if kind == "who":
        return _who(rng, noun, words, end)
    if kind == "named":
        return _named(rng, noun, name, words, end)
    return _described(rng, noun, name, words, end, living, coloured=kind == "coloured")


def _described(rng, noun, name, words, end, living, coloured):
    plots, same, more = (LIVING, SAME_LIVING, ANY_LIVING) if living else (THING, SAME_THING, ANY_THING)
    adjective = rng.choice(list(plots) + list(same)) if rng.random() < 0.45 else ""
    if coloured:
        adjective = rng.choice(COLOURS)
    plot = plots.get(same.get(adjective, adjective))
    if not plot:
        plot = rng.choice(more + (list(plots.values())[:3] if living and not adjective else []))
    described = f"{adjective} {noun}".strip()
    if not living:
        words = _with_capitals(words | dict(n=name))
    text = _told(_opening(rng, a(described)) + f" {words['w']}.", plot + [end], words)
    asked = a(described)
    if rng.random() < 0.08:
        asked = rng.choice([described, "the " + described])
    elif rng.random() < 0.12:
        asked = f"{asked} {words['w']}"
    return asked, text


def _who(rng, noun, words, end):
    words["j"] = rng.choice(WORDS["occupations"])
    text = _told(_opening(rng, f"{a(noun)} who {words['j']}") + ".", rng.choice(WHO) + [end], words)
    return f"{a(noun)} {rng.choice(['who', 'that'])} {words['j']}", text


def _named(rng, noun, name, words, end):
    words = _with_capitals(words | dict(h=name, n=name))
    opening = _opening(rng, f"{a(noun)} named {name}") + f" {words['w']}."
    text = _told(opening, rng.choice(ANY_LIVING + list(LIVING.values())) + [end], words)
    return rng.choice([f"{a(noun)} named {name}", f"{a(noun)} called {name}", f"{name} the {noun}"]), text


def _two(rng, noun, words, end):
    other = rng.choice(ANIMALS + PEOPLE + THINGS) if rng.random() < 0.6 else invented(rng)
    if rng.random() < 0.4:
        asked = rng.choice(SAID["pairs"]).format(a=a(noun))
        first, second = rng.sample(NAMES, 2)
        plot = [
            "One day, they found {x} {w}.",
            '"Let us take care of it," said {n}.',
            "So they cleaned the {s} and stayed with it all day.",
            "In the evening, {f} came and brought {food}.",
        ]
        words = _with_capitals(words | dict(n=first, x=a(noun)))
        return asked, _told(f"{first} and {second} were good friends.", plot + [end], words)
    plot = [
        '"You look different from me," said the {s}.',
        '"That is true," said the {other}, "but we can still be friends."',
        "They shared {food} and watched the sun go down.",
    ]
    opening = f"Once upon a time, {a(noun)} met {a(other)} {words['w']}."
    return f"{a(noun)} and {a(other)}", _told(opening, plot + [end], words | dict(other=other))


def dialogue(rng):
    if rng.random() < 0.06:
        _, text = story(rng)
        turns = [(rng.choice(SAID["any"]), text)]
    else:
        topic, text = story(rng)
        turns = [(rng.choice(SAID["about"]).format(t=topic), text)]
    if rng.random() < 0.12:
        turns.append((rng.choice(SAID["another"]), story(rng)[1]))
    if rng.random() < 0.1:
        turns.append(rng.choice(THANKS))
    return turns
