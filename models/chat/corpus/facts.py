"""Short questions with one right answer, each a noun phrase ("the capital of France") and its value."""

from .words import DAYS, MONTHS, a

CAPITALS = dict(p.split("=") for p in """France=Paris|Germany=Berlin|Italy=Rome|Spain=Madrid|Portugal=Lisbon
Japan=Tokyo|China=Beijing|India=New Delhi|Egypt=Cairo|Kenya=Nairobi|Canada=Ottawa|Mexico=Mexico City|Brazil=Brasília
Argentina=Buenos Aires|Chile=Santiago|Peru=Lima|Norway=Oslo|Sweden=Stockholm|Finland=Helsinki|Denmark=Copenhagen
Poland=Warsaw|Austria=Vienna|Greece=Athens|Turkey=Ankara|Russia=Moscow|Ukraine=Kyiv|Ireland=Dublin|Belgium=Brussels
the Netherlands=Amsterdam|Switzerland=Bern|Hungary=Budapest|the Czech Republic=Prague|South Korea=Seoul|Thailand=Bangkok
Vietnam=Hanoi|Indonesia=Jakarta|Australia=Canberra|New Zealand=Wellington|Cuba=Havana|Morocco=Rabat|Nigeria=Abuja
the United Kingdom=London|England=London|the United States=Washington, D.C.|the USA=Washington, D.C.|Iceland=Reykjavik|Nepal=Kathmandu
Scotland=Edinburgh|Wales=Cardiff|Romania=Bucharest|Colombia=Bogotá|Ethiopia=Addis Ababa|Iran=Tehran|Iraq=Baghdad""".replace("\n", "|").split("|"))

OPPOSITES = [p.split("/") for p in """hot/cold big/small tall/short fast/slow happy/sad light/heavy loud/quiet noisy/quiet
open/closed full/empty wet/dry old/young new/old rich/poor good/bad high/low hard/soft early/late day/night up/down
left/right strong/weak clean/dirty thick/thin wide/narrow easy/difficult near/far inside/outside true/false
beautiful/ugly brave/afraid begin/end start/stop win/lose love/hate give/take buy/sell push/pull laugh/cry
black/white long/short deep/shallow sweet/sour bright/dark dark/bright smooth/rough safe/dangerous cheap/expensive
asleep/awake first/last summer/winter always/never yes/no front/back north/south east/west alive/dead""".split()]
OPPOSITES += [[y, x] for x, y in OPPOSITES if (x, y) not in {("bright", "dark"), ("dark", "bright")}
              and y not in {"quiet", "old", "short"}] + [["quiet", "loud"], ["short", "long"]]

SOUNDS = dict(p.split("=") for p in """cow=moo|dog=woof|cat=meow|duck=quack|sheep=baa|pig=oink|horse=neigh|hen=cluck
rooster=cock-a-doodle-doo|frog=ribbit|lion=roar|bee=buzz|owl=hoot|mouse=squeak|snake=hiss|wolf=howl|crow=caw
goat=maa|donkey=hee-haw|pigeon=coo|bear=growl|turkey=gobble""".replace("\n", "|").split("|"))

LEGS = dict(p.split("=") for p in """spider=eight|dog=four|cat=four|cow=four|horse=four|bird=two|hen=two|ant=six|bee=six
insect=six|butterfly=six|snake=no|fish=no|frog=four|octopus=eight|crab=ten|person=two|human=two|elephant=four
duck=two|worm=no|table=four|lion=four|mouse=four|penguin=two""".replace("\n", "|").split("|"))

HOMES = dict(p.split("=") for p in """penguins=in the cold south, around Antarctica|polar bears=in the Arctic, on ice and snow
fish=in water|bees=in a hive|birds=in nests, mostly in trees|lions=on the grasslands of Africa|camels=in the desert
frogs=near ponds and rivers|kangaroos=in Australia|pandas=in the bamboo forests of China|whales=in the ocean
monkeys=in warm forests|rabbits=in burrows under the ground|bears=in forests and mountains|spiders=in webs
squirrels=in trees|owls=in forests and old barns|sharks=in the sea|koalas=in the trees of Australia|foxes=in dens
elephants=in Africa and Asia|tigers=in the forests of Asia|ants=in nests under the ground|cows=on farms|wolves=in forests
crocodiles=in warm rivers|dolphins=in the sea|bats=in caves and old buildings|zebras=on the grasslands of Africa""".replace("\n", "|").split("|"))

EATS = dict(p.split("=") for p in """cows=grass|rabbits=grass, leaves and carrots|cats=meat and fish|dogs=meat and dog food|bees=nectar and pollen
pandas=bamboo|lions=meat|penguins=fish|birds=seeds, berries and insects|mice=grain and seeds|horses=grass and hay
owls=mice and other small animals|frogs=insects|spiders=insects|squirrels=nuts and seeds|koalas=eucalyptus leaves
bears=berries, fish and honey|elephants=grass, leaves and fruit|monkeys=fruit and leaves|sheep=grass|sharks=fish
ducks=plants, seeds and insects|giraffes=leaves from tall trees|caterpillars=leaves|goats=grass and leaves""".replace("\n", "|").split("|"))

COLOUR_OF = dict(p.split("=") for p in """a banana=yellow|a ripe tomato=red|grass=green|snow=white|the sky=blue|a lemon=yellow
a carrot=orange|coal=black|milk=white|blood=red|the sun=yellow|an orange=orange|chocolate=brown|a strawberry=red
a cucumber=green|an elephant=grey|a frog=green|a polar bear=white|a fire engine=red|the sea=blue|a flamingo=pink
a ruby=red|an emerald=green|a crow=black|a leaf in summer=green|a stop sign=red|a cherry=red|a sunflower=yellow
a raspberry=red|a blueberry=blue|gold=yellow|a cloud=white|the night sky=black|a pea=green|honey=golden|wood=brown
a pumpkin=orange|salt=white|a swan=white|a ripe strawberry=red|a ripe cherry=red|a ripe lemon=yellow""".replace("\n", "|").split("|"))

COUNTS = dict(p.split("=") for p in """days are there in a week=There are seven days in a week|days are in a year=There are 365 days in a year, and 366 in a leap year
hours are in a day=There are 24 hours in a day|hours does a day have=A day has 24 hours|minutes are in an hour=There are 60 minutes in an hour
seconds are in a minute=There are 60 seconds in a minute|months are in a year=There are twelve months in a year
days does a week have=A week has seven days|months does a year have=A year has twelve months|letters are in the alphabet=There are 26 letters in the English alphabet
days are in February=February has 28 days, and 29 in a leap year|days are in June=June has 30 days|days are in July=July has 31 days
weeks are in a year=There are 52 weeks in a year|years are in a century=There are 100 years in a century
sides does a triangle have=A triangle has three sides|sides does a square have=A square has four sides|wheels does a car have=A car has four wheels
wheels does a bicycle have=A bicycle has two wheels|fingers are on a hand=There are five fingers on a hand|seasons are there=There are four seasons: spring, summer, autumn and winter
continents are there=There are seven continents|planets are there=There are eight planets around our sun|legs does an octopus have=An octopus has eight arms
eyes do people have=People have two eyes|moons does the Earth have=The Earth has one moon|strings does a violin have=A violin has four strings|strings does a guitar have=Most guitars have six strings
eggs are in a dozen=A dozen eggs is twelve eggs|centimetres are in a metre=There are 100 centimetres in a metre|grams are in a kilogram=There are 1,000 grams in a kilogram|metres are in a kilometre=There are 1,000 metres in a kilometre""".replace("\n", "|").split("|"))

MISC = dict(p.split("=") for p in """do bees make=Bees make honey|do cows give us=Cows give us milk|do hens lay=Hens lay eggs|do sheep give us=Sheep give us wool
do spiders make=Spiders make webs|is ice made of=Ice is frozen water|is bread made from=Bread is made from flour, water, yeast and salt|is cheese made from=Cheese is made from milk
is paper made from=Paper is mostly made from wood|is glass made from=Glass is made from sand|is butter made from=Butter is made from cream|is wine made from=Wine is made from grapes
do plants need to grow=Plants need light, water, air and good soil|do people breathe=People breathe air|is the largest animal=The largest animal is the blue whale
is the tallest animal=The tallest animal is the giraffe|is the fastest land animal=The fastest land animal is the cheetah|is the biggest planet=The biggest planet around our sun is Jupiter
is the largest ocean=The largest ocean is the Pacific Ocean|is the highest mountain=The highest mountain on Earth is Mount Everest|is the smallest planet=The smallest planet around our sun is Mercury
is the longest river=The Nile is often called the longest river|is the biggest country=The biggest country is Russia|is the closest star to Earth=The closest star to Earth is the sun
is the first month of the year=The first month of the year is January|is the last month of the year=The last month of the year is December|is the first day of the week=Many people say that the week starts on Monday
is the coldest season=The coldest season is winter|is the warmest season=The warmest season is summer|season comes after winter=Spring comes after winter|season comes after spring=Summer comes after spring
season comes after summer=Autumn comes after summer|season comes after autumn=Winter comes after autumn|language do people speak in France=People in France speak French|language do people speak in Brazil=People in Brazil speak Portuguese
language do people speak in Japan=People in Japan speak Japanese|language do people speak in Germany=People in Germany speak German|language do people speak in Spain=People in Spain speak Spanish
language is spoken in Italy=Italian is spoken in Italy|language is spoken in China=Chinese is spoken in China|language is spoken in Mexico=Spanish is spoken in Mexico
do you get when you mix blue and yellow=Blue and yellow make green|do you get when you mix red and yellow=Red and yellow make orange|do you get when you mix red and blue=Red and blue make purple
do you get when you mix red and white=Red and white make pink|do you get when you mix black and white=Black and white make grey""".replace("\n", "|").split("|"))


def _capital(rng):
    country, city = rng.choice(list(CAPITALS.items()))
    question = rng.choice([
        "What is the capital of {c}?", "What's the capital of {c}?", "What is {c}'s capital?", "Which city is {c}'s capital?",
        "capital of {c}", "Can you tell me the capital of {c}?", "Do you know the capital of {c}?", "Tell me the capital of {c}.",
        "What city is the capital of {c}?", "Name the capital of {c}.", "What is the capital city of {c}?", "Which city is the capital of {c}?",
        "the capital of {c}?", "I forgot the capital of {c}. What is it?"])
    return question.format(c=country), rng.choice([f"The capital of {country} is {city}."] * 3 + [f"It is {city}."]) if rng.random() < .2 \
        else f"The capital of {country} is {city}."


def _opposite(rng):
    x, y = rng.choice(OPPOSITES)
    question = rng.choice([
        "What is the opposite of {x}?", "What's the opposite of {x}?", "opposite of {x}", "Tell me the opposite of {x}.", "Give me the opposite of {x}.",
        'What is the opposite of "{x}"?', "Do you know the opposite of {x}?", "Which word is the opposite of {x}?", "What word means the opposite of {x}?",
        "Tell me a word that means the opposite of {x}.", "What is the antonym of {x}?", "If something is not {x}, what is it?"])
    return question.format(x=x), f"The opposite of {x} is {y}."


def _sound(rng):
    animal, sound = rng.choice(list(SOUNDS.items()))
    many = {"mouse": "mice", "sheep": "sheep", "wolf": "wolves"}.get(animal, animal + "s")
    question = rng.choice([
        f"What sound does {a(animal)} make?", f"What noise does {a(animal)} make?", f"What does {a(animal)} say?", f"How does {a(animal)} sound?",
        f"What sound do {many} make?", f"What noise do {many} make?", f"Which sound does {a(animal)} make?", f"What do {many} say?"])
    return question, f"{a(animal).capitalize()} says \"{sound}\"."


def _legs(rng):
    animal, legs = rng.choice(list(LEGS.items()))
    question = rng.choice(["How many legs does {x} have?", "How many legs has {x} got?", "Tell me how many legs {x} has.",
                           "Do you know how many legs {x} has?", "How many legs are there on {x}?"])
    return question.format(x=a(animal)), f"{a(animal).capitalize()} has {legs} legs."


def _home(rng):
    animals, home = rng.choice(list(HOMES.items()))
    question = rng.choice(["Where do {x} live?", "Where can you find {x}?", "Tell me where {x} live.", "Do you know where {x} live?", "Where would I find {x}?", "Where is the home of {x}?"])
    return question.format(x=animals), f"{animals.capitalize()} live {home}."


def _eats(rng):
    animals, food = rng.choice(list(EATS.items()))
    question = rng.choice(["What do {x} eat?", "What do {x} like to eat?", "Tell me what {x} eat.", "What is the food of {x}?", "Do you know what {x} eat?", "What should I know about the food of {x}?"])
    return question.format(x=animals), f"{animals.capitalize()} eat {food}."


def _colour(rng):
    thing, colour = rng.choice(list(COLOUR_OF.items()))
    spell = rng.choice(["colour", "color"])
    question = rng.choice(["What {s} is {x}?", "What {s} does {x} have?", "Tell me what {s} {x} is.", "Can you tell me the {s} of {x}?", "Which {s} is {x}?",
                           "What is the {s} of {x}?", "Do you know what {s} {x} is?", "Can you tell me what {s} {x} is?"])
    return question.format(s=spell, x=thing), f"{thing[0].upper() + thing[1:]} is {colour}."


def _count(rng):
    question, answer = rng.choice(list(COUNTS.items()))
    return rng.choice(["How many {q}?"] * 4 + ["Do you know how many {q}?", "Tell me: how many {q}?", "how many {q}"]).format(q=question), answer + "."


def _misc(rng):
    question, answer = rng.choice(list(MISC.items()))
    first = "Which" if question.startswith(("season", "language")) and rng.random() < .5 else "What"
    return rng.choice(["{w} {q}?"] * 4 + ["Do you know: {w} {q}?", "I have a question. {w} {q}?"]).format(w=first, q=question), answer + "."


def _calendar(rng):
    items, kind = rng.choice([(DAYS, "day"), (MONTHS, "month")])
    i = rng.randrange(len(items))
    step, words = rng.choice([(1, ["comes after", "comes right after", "follows", "is after", "comes next after"]),
                              (-1, ["comes before", "comes right before", "is before", "comes just before"])])
    other, word = items[(i + step) % len(items)], rng.choice(words)
    question = rng.choice([f"What {kind} {word} {items[i]}?", f"Which {kind} {word} {items[i]}?", f"What {word} {items[i]}?",
                           f"Tell me which {kind} {word} {items[i]}.", f"Do you know what {kind} {word} {items[i]}?"])
    return question, f"{other} comes {'after' if step > 0 else 'before'} {items[i]}."


KINDS = [(_capital, 5), (_opposite, 5), (_sound, 2), (_legs, 2), (_home, 2.5), (_eats, 2), (_colour, 3), (_count, 3), (_misc, 4), (_calendar, 2.5)]


def dialogue(rng):
    question, answer = rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0](rng)
    return [(question, answer)]
