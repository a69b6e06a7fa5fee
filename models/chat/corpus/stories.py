"""Short stories about a given thing, from a grammar; the adjective or the kind of hero chooses the plot."""

from .words import ANIMALS, COLOURS, FOODS, NAMES, PEOPLE, PLACES, SMALL, THINGS, a, invented, where

ASKS = """Tell me a story about {t}.|Tell me a short story about {t}.|Can you tell me a story about {t}?|Please tell me a story about {t}.
Write a story about {t}.|Write a short story about {t}.|Can you write a short story about {t}?|A story about {t}, please.|I want a story about {t}.
I would like to hear a story about {t}.|Make up a story about {t}.|Tell a tale about {t}.|Could you tell me a little story about {t}?|story about {t}
Tell me a bedtime story about {t}.|Please write a little story about {t}.|Do you know a story about {t}?|Give me a short story about {t}.
Tell us a story about {t}.|Can you make up a story about {t}?|I'd like a tale about {t}.|Let's have a story about {t}.|Write me a tale about {t}.
Tell my child a story about {t}.|Can you tell me a very short story about {t}?|Please make up a short story about {t}.|How about a story about {t}?""".replace("\n", "|").split("|")

OPENINGS = ["Once upon a time, there was {t}", "Long ago, there was {t}", "Once there was {t}", "There was once {t}"]
ENDINGS = ["From that day on, {n} was never alone again.", "And that night, everybody slept well.", "It was the best day of the year.", "They are still friends today.",
           "{N} smiled all the way home.", "And so the day ended happily.", "Nobody {w} ever forgot that day.", "The end."]
LIVING_PLOTS = {
    "brave": ["One night, a big storm came and the river began to rise.", "Everybody was afraid, but {h} was not.", "{H} ran from door to door and led {f} to the hill.",
              '"You saved us!" said {f}.'],
    "lost": ["One morning, {h} walked too far and could not find the way home.", '"Where am I?" asked {h}.', "Then {f} came by and said, \"Follow me, I know the way.\"",
             "Soon {h} saw the lights of home."],
    "sleepy": ["{H} was always tired and yawned all day long.", "One evening, {f} made a soft bed of leaves and sang a quiet song.", "{H} listened, closed both eyes and began to dream of the stars.",
               "In the morning, {h} woke up fresh and happy."],
    "lonely": ["{H} had nobody to play with and felt sad.", "One day, {f} knocked at the door and asked, \"May I come in?\"", "They shared {food} and talked until the sun went down.",
               "{H} was not lonely any more."],
    "hungry": ["{H} had not eaten all day.", "{H} looked behind every tree, but there was no food.", "Then {f} said, \"Come to my house, I have {food}.\"", "They ate together and laughed."],
    "clever": ["One day, {f} fell into a deep hole.", "Nobody knew what to do, but {h} had an idea.", "{H} threw stones and branches into the hole until {f} could climb out.", '"How clever you are!" said {f}.'],
    "curious": ["{H} asked questions about everything.", "One day, {h} found {thing} under an old tree and wanted to know whose it was.", "{H} asked everybody {w}, until {f} said, \"It is mine! Thank you!\"",
                "As a thank-you, they had {food} together."],
    "shy": ["{H} did not dare to speak to anybody.", "One day, {f} dropped {thing} in the mud.", "{H} picked it up and said very quietly, \"Here it is.\"", '"How kind you are," said {f}, and they became friends.'],
    "kind": ["One cold day, {h} met {f}, who was crying.", '"I have lost {thing}," said {f}.', "{H} searched all day and found it behind {thing2}.", "{F} was so happy that they danced."],
    "small": ["{H} was so small that nobody saw it.", "One day, {thing} fell into a narrow hole, and {f} could not reach it.", "{H} crept in and brought it back.", '"Small can be great," said {f}.'],
    "old": ["{H} knew many stories, but nobody had time to listen.", "One rainy day, {f} came in and asked for a story.", "{H} told one after the other, and soon the whole {p} was listening.", "Since then, they meet every evening."],
    "angry": ["{H} shouted at everybody, and so everybody stayed away.", "One day, {f} brought {food} and asked, \"Why are you so angry?\"", "{H} did not know, and suddenly had to laugh.", "After that, {h} was kind to all."],
    "lazy": ["{H} never wanted to work and slept all day.", "When winter came, there was nothing to eat.", "{F} shared {food} and said, \"Next year, help me with the harvest.\"", "{H} did, and it was fun."],
}
SAME_AS = {"little": "small", "tiny": "small", "tired": "sleepy", "sad": "lonely", "friendly": "kind", "good": "kind", "smart": "clever", "wise": "old", "grumpy": "angry", "silly": "curious",
           "young": "curious", "fearless": "brave", "big": "kind", "happy": "kind", "funny": "clever"}
MORE_PLOTS = [
    ["{H} wanted to learn how to swim.", "At first it was hard, and the water was cold.", "But {f} said, \"Try once more, I will hold you.\"", "{H} tried again and again, and at last it worked."],
    ["One day, {h} found {thing} by the road.", '"Whose is this?" asked {h}.', "{F} came running and said, \"It is mine! I have looked for it everywhere.\"", "{H} gave it back, and they shared {food}."],
    ["Every morning, {h} looked up at the sky and wished to fly.", "One day, {f} built a big balloon, and together they rose above the {p}.", "They saw the sea, the hills and the tiny houses.", "When they landed, {h} said, \"Home is nice too.\""],
    ["It was a cold winter, and snow lay everywhere.", "{H} heard somebody crying behind the house: it was {f}.", '"Come in and get warm," said {h}, and made {food}.', "Outside the wind was howling, but inside it was warm."],
    ["One day, {h} wanted to make a surprise for {f}.", "{H} worked all night and made {thing} with great care.", "In the morning, {f} could not believe it.", '"This is the best gift ever!" said {f}.'],
]
THING_PLOTS = {
    "lost": ["One day, the wind carried it away, far over the {p}.", "{N} looked everywhere: under the bed, behind the house and by the river.", "Then {f} came and said, \"I found this. Is it yours?\"", "{N} was so happy to have the {s} back that they danced."],
    "magic": ["Whoever touched it could make one wish.", "{N} thought for a long time and wished for {food} for everybody {w}.", "Suddenly every table was full, and people sang.", "Then the {s} became quiet and looked like any other."],
    "old": ["Nobody wanted it any more, because it was dusty and worn.", "But {n} cleaned it with care and put it in the sun.", "Soon it shone like new, and {f} came to look at it.", '"It is beautiful," said {f}.'],
    "broken": ["{N} was sad, because nobody could mend it.", "Then {f} brought tools, and they worked together all day.", "In the evening, the {s} was as good as new.", '"We make a good team," said {n}.'],
    "lonely": ["It stood there all alone, year after year.", "One day, {n} came by and sat down next to it.", "{N} told it stories, and brought {f} along the next day.", "Now somebody comes to see the {s} every day."],
}
THING_SAME = {"little": "lonely", "tiny": "lonely", "forgotten": "old", "secret": "magic", "strange": "magic", "golden": "magic", "talking": "magic", "small": "lonely", "missing": "lost", "stolen": "lost"}
THING_MORE = [
    ["A child named {n} loved it more than anything else.", "One evening, a storm came, and it was very dark.", "{N} stayed close to the {s} and was not afraid, and {f} came to wait there too.", "In the morning, the sun was shining again."],
    ["Every day, {n} walked past it on the way to school.", "One day, {n} stopped, looked closer and saw {f} behind it.", "\"I am hiding,\" said {f}. \"Do you want to play with me?\"", "They played around the {s} until it was dark."],
    ["It belonged to {n}, who took good care of it.", "One day, {f} came and asked, \"May I borrow your {s}?\"", "{N} said yes, and the next day {f} brought it back together with {food}.", "They were good friends from then on."],
    ["People said that it was the most beautiful {s} in the whole {p}.", "One night, {n} saw a light shining inside it.", "It was {f}, who had no other place to sleep.", "{N} brought a warm blanket and {food}."],
]
JOBS = """bakes bread|makes kites|sells flowers|loves to dance|collects shells|builds boats|paints houses|cannot sleep|wants to fly|likes to read|plays the drum|grows pumpkins
sings every night|mends clocks|makes soup|is afraid of the dark|lives in a tree|wants to see the sea|catches stars|writes letters|tells jokes|dreams of the moon|learns to swim|cooks noodles
works in a library|rides a bicycle|feeds the birds|plays the violin|makes candles|looks after sheep|draws maps|washes cars|eats only cake|hates rain""".replace("\n", "|").split("|")
JOB_PLOTS = [
    ["Everybody {w} knew the {s} who {j}.", "One day, {f} came and said, \"Teach me how to do it!\"", "They tried together, and at first everything went wrong, and they laughed.", "In the end, it worked, and they shared {food}."],
    ["That was quite unusual {w}.", "Some people laughed about it, but {f} did not.", "\"I like what you do,\" said {f}, and stayed for {food}.", "Soon the others came too and clapped their hands."],
]


def _fill(rng, lines, words):
    return " ".join(line.format(**words) for line in lines)


def _words(rng, subject):
    place = rng.choice(PLACES)
    friend = "the " + rng.choice(["old " if rng.random() < .3 else "", ""]) + rng.choice(ANIMALS + PEOPLE) if rng.random() < .7 else rng.choice(NAMES)
    return dict(h="the " + subject, H="The " + subject, f=friend, F=friend[0].upper() + friend[1:], w=where(place), p=place, food=rng.choice(FOODS),
                thing=a(rng.choice(SMALL)), thing2=a(rng.choice(["tree", "house", "fence", "big stone", "chair", "door", "bush"])),
                n="the " + subject, N="The " + subject, s=subject)


def story(rng, topic=None):
    """Returns (what the story is about as asked for, the story)."""
    kind = topic or rng.choices(["living", "thing", "two", "who", "named", "coloured"], [5, 5, 1.5, 1.5, 1.5, 1])[0]
    living = kind != "thing" and not (kind == "coloured" and rng.random() < .6)
    noun = rng.choice(ANIMALS + PEOPLE if living else THINGS)
    if rng.random() < .12:
        noun = invented(rng)
    words = _words(rng, noun)
    name = rng.choice(NAMES) if rng.random() < .9 else invented(rng, True)
    end = rng.choice(ENDINGS)
    if kind == "two":
        return _two(rng, noun, words, end)
    if kind == "who":
        job = words["j"] = rng.choice(JOBS)
        text = rng.choice(OPENINGS).format(t=f"{a(noun)} who {job}") + ". " + _fill(rng, rng.choice(JOB_PLOTS) + [end], words)
        return f"{a(noun)} {rng.choice(['who', 'that'])} {job}", text
    if kind == "named":
        words.update(h=name, H=name, n=name, N=name)
        text = rng.choice(OPENINGS).format(t=f"{a(noun)} named {name}") + f" {words['w']}. " + _fill(rng, rng.choice(MORE_PLOTS + list(LIVING_PLOTS.values())) + [end], words)
        return rng.choice([f"{a(noun)} named {name}", f"{a(noun)} called {name}", f"{name} the {noun}"]), text
    plots, same, more = (LIVING_PLOTS, SAME_AS, MORE_PLOTS) if living else (THING_PLOTS, THING_SAME, THING_MORE)
    adjective = rng.choice(list(plots) + list(same)) if rng.random() < .45 else ""
    if kind == "coloured":
        adjective = rng.choice(COLOURS)
    plot = plots.get(same.get(adjective, adjective)) or rng.choice(more + ([] if adjective else list(plots.values())[:3] if living else []))
    described = f"{adjective} {noun}".strip()
    if not living:
        words.update(n=name, N=name)
    text = rng.choice(OPENINGS).format(t=a(described)) + f" {words['w']}. " + _fill(rng, plot + [end], words)
    asked = a(described)
    if rng.random() < .08:
        asked = rng.choice([described, "the " + described])
    elif rng.random() < .05:
        asked = f"{asked} {words['w']}"
    return asked, text


def _two(rng, noun, words, end):
    other = rng.choice(ANIMALS + PEOPLE + THINGS)
    if rng.random() < .4:
        asked = rng.choice([f"two friends and {a(noun)}", f"a boy and {a(noun)}", f"a girl and {a(noun)}", f"two children and {a(noun)}", f"two brothers and {a(noun)}", f"two sisters and {a(noun)}"])
        pair = rng.sample(NAMES, 2)
        text = (f"{pair[0]} and {pair[1]} were good friends. One day, they found {a(noun)} {words['w']}. \"Let us take care of it,\" said {pair[0]}. "
                f"So they cleaned the {noun} and stayed with it all day. In the evening, {words['f']} came and brought {words['food']}. " + end.format(**words | dict(n=pair[0], N=pair[0])))
        return asked, text
    text = (f"Once upon a time, {a(noun)} met {a(other)} {words['w']}. \"You look different from me,\" said the {noun}. \"That is true,\" said the {other}, \"but we can still be friends.\" "
            f"They shared {words['food']} and watched the sun go down. " + end.format(**words))
    return f"{a(noun)} and {a(other)}", text


def dialogue(rng):
    turns = []
    if rng.random() < .06:
        _, text = story(rng)
        turns.append((rng.choice(["Tell me a story.", "Tell me a short story.", "Can you tell me a story?", "I want to hear a story.", "Please tell me a bedtime story.", "Do you know any stories?", "story please", "Write a story.",
                                  "Write a short story."]), text))
    else:
        topic, text = story(rng)
        turns.append((rng.choice(ASKS).format(t=topic), text))
    if rng.random() < .12:
        turns.append((rng.choice(["Tell me another one.", "Another story, please.", "One more!", "Can you tell me another?", "Tell me another story.", "Another one please"]), story(rng)[1]))
    if rng.random() < .1:
        turns.append(rng.choice([("Thank you!", "You're welcome! I'm glad that you listened."), ("That was nice.", "I'm glad that you liked it!"), ("I like that story.", "Thank you! I like it too."),
                                 ("Nice story!", "Thank you! Shall I tell another one?"), ("Thanks, that was lovely.", "You're welcome! I'm glad that you listened.")]))
    return turns
