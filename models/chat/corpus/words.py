"""Word lists that the other modules draw from."""

ANIMALS = """cat dog fox bear wolf rabbit mouse owl duck frog horse cow pig sheep goat hen rooster lion tiger
elephant monkey giraffe zebra camel kangaroo koala panda penguin seal whale dolphin shark turtle tortoise crab
snail bee ant spider butterfly ladybird dragonfly squirrel hedgehog badger otter beaver mole deer moose swan
goose crow robin sparrow eagle parrot pigeon seagull peacock flamingo lizard snake crocodile hippo rhino puppy
kitten pony lamb chick donkey bat raccoon hamster octopus jellyfish starfish worm firefly caterpillar""".split()

PEOPLE = """robot princess prince king queen knight wizard witch dragon giant fairy pirate sailor farmer baker
teacher doctor painter singer dancer gardener fisherman shepherd clockmaker inventor explorer astronaut clown
musician cook firefighter postman librarian shopkeeper tailor carpenter ghost mermaid elf dwarf troll unicorn
snowman scarecrow boy girl grandmother grandfather nurse pilot detective magician student captain miner
beekeeper driver juggler poet""".split()

THINGS = """ball kite boat lamp clock key book hat coat shoe boot sock scarf glove button box bag basket bottle
cup plate spoon pot kettle teapot chair table bed pillow blanket mirror candle lantern bell drum flute violin
piano guitar trumpet whistle pencil pen brush letter map coin ring necklace crown ribbon rope ladder wheel
wagon cart bicycle train car bus truck ship balloon plane rocket bridge tower castle house cottage door window
fence gate garden tree apple pear cherry lemon pumpkin carrot potato tomato cake cookie pie loaf sandwich pizza
soup stone pebble shell feather leaf flower rose seed acorn cloud star moon sun rainbow snowflake puddle river
lake pond hill mountain island cave well toy doll puppet puzzle marble sandcastle camera telescope compass
suitcase backpack broom bucket shovel hammer needle thread quilt sweater mitten tent sled skateboard radio
phone computer notebook painting statue fountain windmill treehouse mailbox bench swing kitchen library school
market bakery shop farm museum airport harbour train-set music-box paintbrush snowball sunflower mushroom
strawberry blueberry melon onion""".replace("train-set", "toybox").replace("music-box", "trumpet").split()

SMALL = """ball kite key book hat shoe scarf glove button basket cup spoon bell drum flute pencil brush letter map coin ring
necklace ribbon candle lantern shell feather doll toy compass needle marble whistle cookie apple rose""".split()

NAMES = """Mia Tom Anna Ben Lily Max Sara Leo Emma Sam Nora Finn Ella Jack Zoe Oscar Ruby Hugo Ida Noah Alice
Peter Clara Otto Maya Theo Rosa Felix Luna Oliver Eva Milo Grace Henry Lucy Arthur Ivy Simon Nina David Amy
Carlos Yuki Omar Priti Wei Fatima Diego Ravi Aisha Kofi Elena Marco Ingrid Pavel Sofia Hassan Mei Jonas Tara
Daniel Julia Kevin Laura Martin Paul Rachel Steve Victor Wendy Chris Bella Dora Ethan Freya George Hana Isaac
Jade Kira Liam Mona Nils Olga Pia Quinn Rita Sven Tina Uma Vera Willa Xena Yara Zack""".split()

COLOURS = """red blue green yellow orange purple pink white black brown grey golden silver""".split()

PLACES = """forest|village|meadow|garden|old house|river bank|beach|mountain|small town|farm|castle|market|park
valley|island|lake|harbour|quiet street|big city|field|orchard|cave|library|school""".replace("\n", "|").split("|")

PREPOSITIONS = dict(beach="on", mountain="on", farm="on", island="on", market="at", harbour="at", school="at")
PREPOSITIONS |= {"river bank": "on", "quiet street": "on"}

FOODS = """soup|bread|rice|pasta|pizza|cheese|apples|pancakes|salad|noodles|cake|curry|cookies|eggs|beans|fish
chocolate|strawberries|potatoes|ice cream|sushi|tacos|oranges|porridge""".replace("\n", "|").split("|")

HOBBIES = """reading|cooking|painting|swimming|running|gardening|singing|dancing|drawing|hiking|fishing|cycling
knitting|playing chess|playing football|playing the guitar|taking photos|baking|writing|skating
collecting stamps|watching films|learning languages|playing games""".replace("\n", "|").split("|")

FRUITS = "apple banana orange pear grape cherry mango peach plum lemon".split()
VEGETABLES = "carrot potato tomato onion cabbage pea bean pumpkin spinach cucumber".split()
LISTS = {
    "fruits": FRUITS,
    "vegetables": VEGETABLES,
    "animals": "dog cat horse lion rabbit elephant bear tiger fox sheep".split(),
    "colours": "red blue green yellow orange purple pink white black brown".split(),
    "colors": "red blue green yellow orange purple pink white black brown".split(),
    "birds": "eagle owl robin sparrow parrot swan duck crow pigeon penguin".split(),
    "countries": "France Japan Brazil Kenya Canada India Italy Egypt Mexico Norway".split(),
    "sports": "football tennis swimming running cycling basketball hockey skiing golf rowing".split(),
    "instruments": "piano guitar violin flute drum trumpet harp cello clarinet organ".split(),
    "flowers": "rose tulip lily daisy sunflower orchid violet poppy iris lavender".split(),
    "drinks": ["water", "tea", "coffee", "milk", "juice", "lemonade", "cocoa", "soda"],
    "jobs": "teacher doctor baker farmer nurse pilot cook driver painter singer".split(),
    "planets": "Mercury Venus Earth Mars Jupiter Saturn Uranus Neptune".split(),
    "pets": "dog cat rabbit hamster parrot goldfish turtle pony".split(),
    "insects": "ant bee butterfly beetle ladybird dragonfly fly grasshopper".split(),
    "trees": "oak pine birch maple willow apple cherry beech".split(),
    "shapes": "circle square triangle rectangle oval star diamond hexagon".split(),
    "clothes": ["a shirt", "a coat", "a hat", "trousers", "a scarf", "socks", "a dress", "gloves"],
    "days of the week": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split(),
    "foods": ["bread", "rice", "cheese", "soup", "pasta", "fruit", "eggs", "fish"],
}
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
NUMBERS = """zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
seventeen eighteen nineteen twenty""".split()

SYLLABLES = "ba be bi bo da de do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so ta te ti to va vi zo".split()


def invented(rng, capital=False):
    """A word that nobody has seen, so that copying has to be learned rather than remembered."""
    word = "".join(rng.choice(SYLLABLES) for _ in range(rng.choice((2, 2, 3)))) + rng.choice(["", "", "n", "l", "r", "x", "k"])
    return word.capitalize() if capital else word


def a(noun):
    return ("an " if noun[0].lower() in "aeiou" and not noun.startswith(("uni", "one")) else "a ") + noun


def join(items):
    return items[0] if len(items) == 1 else ", ".join(items[:-1]) + " and " + items[-1]


def where(place):
    return f"{PREPOSITIONS.get(place, 'in')} the {place}"
