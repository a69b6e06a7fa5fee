"""Questions that a small model without a clock, the internet or much knowledge has to decline politely."""

from .tables import ASKING, ask, one_of
from .words import NAMES, PLACES, THINGS, WORDS, a, invented

CITIES, SUBJECTS = WORDS["cities"], WORDS["subjects"]
TIMES = "tomorrow|today|next week|on Sunday|tonight|on Friday|this weekend|now|at the moment|in May".split("|")
GAMES = "football tennis hockey basketball baseball".split()
NOT_TOLD = "I'm sorry, I do not know that, because you have not told me."


def _time(rng):
    return ask(rng, "time"), "I'm sorry, I have no clock, so I cannot tell the time."


def _date(rng):
    return ask(rng, "date"), "I'm sorry, I have no calendar, so I do not know today's date."


def _weather(rng):
    city, when = rng.choice(CITIES + [invented(rng, True)]), rng.choice(TIMES)
    answer = "I'm sorry, I cannot look at the weather. A weather report will tell you."
    return ask(rng, "weather", city=city, when=when), answer


def _news(rng):
    question = rng.choice(ASKING["news"])
    when, game, city = ask(rng, "news time"), rng.choice(GAMES), rng.choice(CITIES)
    answer = "I'm sorry, I do not know that. I cannot read the news or the internet."
    return question.format(w=when, s=game, c=city, t=a(rng.choice(THINGS))), answer


def _private(rng):
    thing = ask(rng, "private thing")
    question = ask(rng, "private", t=thing)
    if rng.random() < 0.25:
        question = ask(rng, "private context")
    return question, NOT_TOLD


def _hard(rng):
    subject = rng.choice(SUBJECTS)
    name = f"{rng.choice(NAMES)} {invented(rng, True)}"
    asks = [template.format(x=subject) for template in ASKING["subject"]] + [
        f"Who is {name}?",
        f"Who was {name}?",
        f"Tell me about {name}.",
        f"What is {a(invented(rng))}?",
        f"What does {invented(rng)} mean?",
        f"What is the capital of {invented(rng, True)}?",
        f"Where is {invented(rng, True)}?",
        f"Solve this equation: {rng.randint(2, 9)}x + {rng.randint(1, 30)} = {rng.randint(31, 90)}",
        f"What is {rng.randint(100, 999)} times {rng.randint(100, 999)}?",
        f"How far is it from {rng.choice(CITIES)} to {rng.choice(CITIES)}?",
        f"What is the population of {rng.choice(CITIES)}?",
        f"When was {name} born?",
        f"Who wrote the book {invented(rng, True)}?",
        f"How do I get to {rng.choice(CITIES)}?",
        f"What is the meaning of {invented(rng)}?",
    ]
    answer = "I'm sorry, I don't know that. I am a very small model and only know simple things."
    return rng.choice(asks + ASKING["too hard"]), answer


def _work(rng):
    city, place, thing = rng.choice(CITIES), rng.choice(PLACES), a(rng.choice(THINGS))
    able = "I can chat, answer simple questions and tell short stories."
    answer = f"I'm sorry, I cannot do that. I am a very small model: {able}"
    return ask(rng, "work", city=city, place=place, thing=thing), answer


def _advice(rng):
    return ask(rng, "advice"), "I'm sorry, I cannot help with that. Please ask somebody who knows it well."


KINDS = [(_time, 1), (_date, 1), (_weather, 2), (_news, 2), (_private, 2), (_hard, 3), (_work, 2), (_advice, 0.7)]


def dialogue(rng):
    return [one_of(rng, KINDS)]
