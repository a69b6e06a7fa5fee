"""Words for scenes and edits, in English and Chinese, in many wordings."""

from scenes import PLACES

WAYS = [*["{x}"] * 7, "a picture of {x}", "an image of {x}", "a drawing of {x}", "draw {x}", "generate an image of {x}"]
# What people add, and what this model cannot do: it has to learn to overlook it.
FLOURISHES = ["highly detailed", "4k", "8k", "hd", "digital art", "masterpiece", "best quality", "photo", "realistic", "cartoon",
              "cartoon style", "flat design", "vector art", "illustration", "soft light", "sharp focus", "cinematic lighting",
              "watercolor", "oil painting", "pixel art", "3d render", "trending", "cute", "beautiful", "minimalist", "icon",
              "emoji", "clip art", "for children", "centered", "professional", "ultra realistic", "dramatic", "simple"]
ON_COLOUR = ["{x} on a {g} background", "{x} on a {g} background", "{x} on a {g} background", "{x}, {g} background",
             "{g} background, {x}", "a {g} background with {x}", "{x} with a {g} background",
             "{x} in front of a {g} background", "{x} against a {g} background", "{x} on {g}"]
AT_PLACE = {
    "sky": ["in the sky", "in the clouds", "in a blue sky with clouds"],
    "night": ["at night", "in the night sky", "under the stars", "in space"],
    "grass": ["on the grass", "in a meadow", "on a green field", "in the park"],
    "beach": ["on the beach", "at the beach", "at the seaside"],
    "sea": ["under water", "in the sea", "in the ocean", "in the water"],
    "desert": ["in the desert", "on the sand"],
    "snow": ["in the snow", "on the snow", "in winter"],
}
RELATIONS = {
    "left": ["{a} left of {b}", "{a} to the left of {b}", "{a} on the left and {b} on the right", "{a} on the left of {b}",
             "{b} to the right of {a}", "{b} right of {a}", "{b} on the right of {a}", "{a} next to {b}", "{a} beside {b}",
             "{b} on the right, {a} on the left", "{a} and {b}", "{a} and {b}"],
    "above": ["{a} above {b}", "{a} over {b}", "{b} below {a}", "{b} under {a}", "{a} at the top and {b} at the bottom",
              "{b} beneath {a}", "{a} on top of {b}"],
}
NUMBERS = {2: ["two", "2", "a pair of"], 3: ["three", "3"], 4: ["four", "4"]}
SHAPE_WORDS = {"circle": ["circle", "circle", "disc", "dot"], "oval": ["oval", "ellipse"], "cross": ["cross", "plus sign"],
               "diamond": ["diamond", "rhombus"], "crescent": ["crescent", "crescent shape"]}
SIZE_WORDS = {"small": ["small", "tiny", "little"], "big": ["big", "large", "huge"]}
MOODS = ["cute", "cute", "nice", "beautiful", "pretty", "lovely", "happy", "funny", "colorful"]
COLOUR_WORDS = {"gray": ["gray", "grey"], "cyan": ["cyan", "turquoise"], "purple": ["purple", "violet"]}
IRREGULAR = {"mouse": "mice", "goose": "geese", "leaf": "leaves", "knife": "knives", "fish": "fish", "sheep": "sheep",
             "deer": "deer", "tooth": "teeth", "man": "men", "loaf": "loaves", "wolf": "wolves", "ox": "oxen"}

ZH_COLOURS = dict(red="红色", orange="橙色", yellow="黄色", green="绿色", blue="蓝色", purple="紫色", pink="粉色", brown="棕色",
                  cyan="青色", black="黑色", white="白色", gray="灰色")
ZH_SHAPES = dict(circle="圆形", square="正方形", triangle="三角形", rectangle="长方形", oval="椭圆形", star="五角星", heart="爱心",
                 diamond="菱形", hexagon="六边形", cross="十字", ring="圆环", crescent="月牙")
ZH_PLACES = dict(sky="天空中", night="夜空下", grass="草地上", beach="海滩上", sea="水下", desert="沙漠里", snow="雪地里")
ZH_NUMBERS = {2: "两", 3: "三", 4: "四"}
ZH_SIZES = dict(small="小", big="大")


def colour_word(colour, chance):
    return chance.choice(COLOUR_WORDS.get(colour, [colour]))


def plural(name):
    head, _, tail = name.partition(" of ")
    words = head.split(" ")
    last = words[-1]
    if last in IRREGULAR:
        last = IRREGULAR[last]
    elif last.endswith(("s", "x", "ch", "sh", "o")):
        last += "" if last.endswith("s") else "es"
    elif last.endswith("y") and last[-2:-1] not in "aeiou":
        last = last[:-1] + "ies"
    else:
        last += "s"
    return " ".join(words[:-1] + [last]) + (f" of {tail}" if tail else "")


def article(words, chance, definite=False):
    if definite:
        return f"the {words}"
    if chance.random() < 0.1:
        return words
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"


def noun(item, art, chance):
    if item.shape:
        return chance.choice(SHAPE_WORDS.get(item.shape, [item.shape]))
    return chance.choice(art.objects[item.drawing]["english"])


def phrase(item, art, chance, size_word=None, definite=False, number=1):
    """One thing (or `number` of them) with its colour: "a small red circle", "the cute otter", "two green stars"."""
    name = noun(item, art, chance)
    words = [chance.choice(SIZE_WORDS[size_word])] if size_word else []
    if not item.shape and not definite and chance.random() < 0.2:
        words.append(chance.choice(MOODS))
    if item.colour:
        words.append(colour_word(item.colour, chance))
    if number > 1:
        return " ".join([chance.choice(NUMBERS[number]), *words, plural(name)])
    return article(" ".join([*words, name]), chance, definite)


def english(scene, art, chance):
    items = scene.items
    if scene.layout == "single":
        text = phrase(items[0], art, chance, scene.size_word)
    elif scene.layout == "count":
        text = phrase(items[0], art, chance, number=len(items))
    else:
        a, b = (phrase(item, art, chance) for item in items)
        text = chance.choice(RELATIONS[scene.layout]).format(a=a, b=b)
    if scene.silent:
        pass
    elif scene.ground in PLACES:
        text = f"{text} {chance.choice(AT_PLACE[scene.ground])}"
    else:
        text = chance.choice(ON_COLOUR).format(x=text, g=colour_word(scene.ground, chance))
    text = chance.choice(WAYS).format(x=text)
    if chance.random() < 0.1:
        text = ", ".join([text, *chance.sample(FLOURISHES, chance.choice([1, 2, 3, 4, 12, 20]))])
    return text + ("." if chance.random() < 0.05 else "")


def zh_phrase(item, art, chance, number=1, size_word=None):
    animal = not item.shape and art.objects[item.drawing]["animal"]
    name = ZH_SHAPES[item.shape] if item.shape else chance.choice(art.objects[item.drawing]["chinese"])
    count = ZH_NUMBERS.get(number, "一") + ("只" if animal else "个")
    if number == 1 and chance.random() < 0.4:
        count = ""
    mood = "可爱的" if not item.shape and chance.random() < 0.2 else ""
    colour = ZH_COLOURS[item.colour] + ("的" if chance.random() < 0.5 else "") if item.colour else ""
    return count + (ZH_SIZES[size_word] if size_word else "") + mood + colour + name


def chinese(scene, art, chance):
    items = scene.items
    if scene.layout == "single":
        text = zh_phrase(items[0], art, chance, size_word=scene.size_word)
    elif scene.layout == "count":
        text = zh_phrase(items[0], art, chance, number=len(items))
    else:
        a, b = (zh_phrase(item, art, chance) for item in items)
        ways = {"left": ["{a}在{b}的左边", "{b}在{a}的右边", "左边是{a},右边是{b}", "{a}和{b}"],
                "above": ["{a}在{b}的上面", "{b}在{a}的下面", "上面是{a},下面是{b}"]}
        text = chance.choice(ways[scene.layout]).format(a=a, b=b)
    if scene.silent:
        pass
    elif scene.ground in PLACES:
        text = chance.choice(["{g}的{x}", "{x}在{g}"]).format(g=ZH_PLACES[scene.ground], x=text)
    else:
        ways = ["{g}背景上的{x}", "{x},{g}背景", "{g}背景,{x}", "{g}的背景上有{x}"]
        text = chance.choice(ways).format(g=ZH_COLOURS[scene.ground], x=text)
    return chance.choice(["{x}", "{x}", "{x}", "画{x}", "请画{x}", "{x}的图片"]).format(x=text)


def instruction(after, change, art, chance):
    """What to tell the model to make the change of `compose.edit`, which leads to the scene `after`."""
    if change[0] == "replace":
        return english(after, art, chance)
    if change[0] == "ground":
        where = change[1]
        if where in PLACES:
            text = chance.choice(["put it {g}", "make it {g}", "change the background, {g}"])
            return text.format(g=chance.choice(AT_PLACE[where]))
        ways = ["make the background {g}", "change the background to {g}", "change the background colour to {g}",
                "{g} background", "put it on a {g} background", "turn the background {g}"]
        return chance.choice(ways).format(g=colour_word(where, chance))
    _, old, colour, number = change
    name = phrase(old, art, chance, definite=True) if number == 1 else f"the {plural(noun(old, art, chance))}"
    if chance.random() < 0.2:
        name = "it" if number == 1 else "them"
    ways = ["make {a} {c}", "turn {a} {c}", "change {a} to {c}", "paint {a} {c}", "recolour {a} {c}", "color {a} {c}"]
    return chance.choice(ways).format(a=name, c=colour_word(colour, chance))
