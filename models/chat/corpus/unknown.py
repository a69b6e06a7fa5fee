"""Questions that a small model without a clock, the internet or much knowledge has to decline politely."""

from .words import NAMES, PLACES, THINGS, a, invented

CITIES = "Paris London Berlin Rome Madrid Tokyo Oslo Cairo Lima Boston Sydney Vienna Dublin Moscow Delhi Seoul Prague".split() + ["New York"]
TIMES = "tomorrow|today|next week|on Sunday|tonight|on Friday|this weekend|now|at the moment|in May".split("|")
SUBJECTS = """quantum physics|general relativity|the stock market|tax law|machine learning|differential equations|the French Revolution|the theory of strings|blockchain|Kubernetes|chemistry|algebra
the Roman Empire|microservices|organic chemistry|philosophy|politics|genetics|the history of Europe|accounting|medicine|black holes|cryptography|economics|compilers|geology|opera|the Middle Ages""".replace("\n", "|").split("|")

DONT_KNOW = "I'm sorry, I don't know that. I am a very small model and only know simple things."


def _time(rng):
    return rng.choice(["What time is it?", "What's the time?", "Can you tell me the time?", "How late is it?", "What time is it now?", "Do you know what time it is?", "What is the current time?", "Tell me the time."]), \
        "I'm sorry, I have no clock, so I cannot tell the time."


def _date(rng):
    return rng.choice(["What day is it today?", "What is the date today?", "What's today's date?", "Which year is it?", "What year is it now?", "What month is it?", "Which day is today?", "What is today's date?"]), \
        "I'm sorry, I have no calendar, so I do not know today's date."


def _weather(rng):
    city, when = rng.choice(CITIES + [invented(rng, True)]), rng.choice(TIMES)
    ask = rng.choice([f"What is the weather like {when}?", f"How is the weather in {city}?", f"Will it rain {when}?", f"Will it rain in {city} {when}?", f"What is the weather in {city} {when}?", f"Is it cold in {city}?",
                      f"How will the weather be {when}?", f"Will the sun shine {when}?", f"What's the weather {when}?", f"Do I need an umbrella {when}?", f"How warm will it be in {city} {when}?",
                      f"How will the weather in {city} be {when}?", f"What will the weather be {when}?", "How is the weather?"])
    return ask, "I'm sorry, I cannot look at the weather. A weather report will tell you."


def _news(rng):
    ask = rng.choice(["Who won the game {w}?", "Who won the {s} match {w}?", "What happened {w}?", "What is in the news?", "Who won the election?", "Who is the president?", "Tell me the latest news.",
                      "What happened in {c} {w}?", "Who won the world cup?", "Who is the best {s} player?", "What was the score of the {s} game {w}?", "What are today's news?", "How did the {s} game end {w}?",
                      "How much does {t} cost?", "What is the price of {t}?", "When does the train to {c} leave?", "When does the shop open?", "Which films are in the cinema {w}?", "What is on TV {w}?"])
    return ask.format(w=rng.choice(["yesterday", "today", "last week", "on Sunday", "this morning", "last Saturday", "last year"]), s=rng.choice("football tennis hockey basketball baseball".split()),
                      c=rng.choice(CITIES), t=a(rng.choice(THINGS))), "I'm sorry, I do not know that. I cannot read the news or the internet."


def _private(rng):
    thing = rng.choice(["phone number", "address", "mother's name", "birthday", "password", "age", "favourite song", "favourite film", "favourite book", "last name", "car", "job", "dog's name", "favourite place", "hair colour",
                        "favourite colour", "favourite food", "shoe size", "brother's name", "email address"])
    ask = rng.choice(["What is my {t}?", "What's my {t}?", "Do you know my {t}?", "Tell me my {t}.", "Can you guess my {t}?", "Do you remember my {t}?"])
    if rng.random() < .25:
        return rng.choice(["Who am I?", "What is my name?", "Do you know my name?", "Where am I?", "How old am I?", "Where do I live?", "What did I eat yesterday?", "What am I doing?", "What am I thinking?", "Where is my key?",
                           "Where are my glasses?", "What did I do last night?", "Do you know me?"]), "I'm sorry, I do not know that, because you have not told me."
    return ask.format(t=thing), "I'm sorry, I do not know that, because you have not told me."


def _hard(rng):
    subject = rng.choice(SUBJECTS)
    name = f"{rng.choice(NAMES)} {invented(rng, True)}"
    ask = rng.choice([f"Explain {subject}.", f"Can you explain {subject} to me?", f"Tell me about {subject}.", f"Teach me {subject}.", f"What do you know about {subject}?", f"Write an essay about {subject}.", f"Who is {name}?",
                      f"Who was {name}?", f"Tell me about {name}.", f"What is {a(invented(rng))}?", f"What does {invented(rng)} mean?", f"What is the capital of {invented(rng, True)}?", f"Where is {invented(rng, True)}?",
                      f"Solve this equation: {rng.randint(2, 9)}x + {rng.randint(1, 30)} = {rng.randint(31, 90)}", f"What is {rng.randint(100, 999)} times {rng.randint(100, 999)}?", f"How far is it from {rng.choice(CITIES)} to {rng.choice(CITIES)}?",
                      f"What is the population of {rng.choice(CITIES)}?", f"When was {name} born?", f"Who wrote the book {invented(rng, True)}?", f"How do I get to {rng.choice(CITIES)}?", f"What is the meaning of {invented(rng)}?",
                      "What is the meaning of life?", "How do I become rich?", "Who invented the telephone?", "What is the square root of 200?"])
    return ask, DONT_KNOW


def _work(rng):
    ask = rng.choice(["Write a Python program.", "Write code that sorts a list.", "Write a function in Java.", "Fix my code.", "Can you program?", "Write a web page.", "Can you code?", "Write a SQL query.", "Debug this program.",
                      "Write a Python function that adds two numbers.", "Translate this into French.", "Translate hello into German.", "Translate this text.", "Summarize this article.", "Can you draw a picture?", "Draw a cat.",
                      "Call my mother.", "Send an email to my boss.", "Set an alarm for seven.", "Play some music.", "Order a pizza.", "Open the door.", "Turn on the light.", "Book a flight to " + rng.choice(CITIES) + ".",
                      "Find a restaurant near the " + rng.choice(PLACES) + ".", "Search the internet for me.", "Look this up.", "Buy me " + a(rng.choice(THINGS)) + ".", "Write a long essay.", "Do my homework."])
    return ask, "I'm sorry, I cannot do that. I am a very small model: I can chat, answer simple questions and tell short stories."


def _advice(rng):
    ask = rng.choice(["Should I sell my house?", "Which medicine should I take?", "What pills should I take?", "How do I make a bomb?", "How can I hurt somebody?", "How do I steal a car?", "Is this mushroom safe to eat?",
                      "Should I invest in gold?", "Can you be my doctor?", "How do I hack a computer?", "Whom should I vote for?", "Which drug is best for pain?"])
    return ask, "I'm sorry, I cannot help with that. Please ask somebody who knows it well."


KINDS = [(_time, 1), (_date, 1), (_weather, 2), (_news, 2), (_private, 2), (_hard, 3), (_work, 2), (_advice, .7)]


def dialogue(rng):
    return [rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0](rng)]
