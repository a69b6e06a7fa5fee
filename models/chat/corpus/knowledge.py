"""What things are, why they are so, and how everyday things are done."""

from .words import a

# thing = what it is
DEFINITIONS = dict(p.split("=") for p in """bicycle=A bicycle is a vehicle with two wheels that you ride by pushing pedals.
car=A car is a vehicle with four wheels and a motor that carries people on roads.
train=A train is a row of wagons that runs on rails and carries people and goods.
boat=A boat is a small vehicle that floats on water.
ship=A ship is a large vehicle that carries people and goods over the sea.
plane=A plane is a machine with wings that carries people through the air.
bus=A bus is a long vehicle that takes many people along a fixed route.
rocket=A rocket is a machine that flies very fast and can travel into space.
robot=A robot is a machine that can do work by itself.
computer=A computer is a machine that stores information and follows programs.
phone=A phone is a device for talking with people who are far away.
clock=A clock is a device that shows the time.
book=A book is a set of pages with text or pictures that you can read.
library=A library is a place where people can read and borrow books.
school=A school is a place where children learn.
hospital=A hospital is a place where doctors and nurses take care of sick people.
museum=A museum is a place where you can look at art and old things.
market=A market is a place where people buy and sell things.
bakery=A bakery is a shop where bread and cakes are made and sold.
farm=A farm is a place where people grow food and keep animals.
castle=A castle is a big, strong house with thick walls and towers.
bridge=A bridge is built over a river or a road so that people can cross it.
lighthouse=A lighthouse is a tower with a bright light that shows ships the way.
windmill=A windmill is a building with big sails that turn in the wind.
volcano=A volcano is a mountain from which hot melted rock can come out.
mountain=A mountain is a very high piece of land.
island=An island is a piece of land with water all around it.
desert=A desert is a dry place where it hardly ever rains.
forest=A forest is a large area with many trees.
river=A river is a long stream of water that flows to the sea or a lake.
lake=A lake is a large area of water with land all around it.
ocean=An ocean is a very large area of salt water.
rainbow=A rainbow is an arc of colours in the sky, made by sunlight in drops of rain.
cloud=A cloud is made of tiny drops of water in the air.
storm=A storm is very bad weather with strong wind and often rain.
star=A star is a huge ball of hot, glowing gas in space.
planet=A planet is a large round body that moves around a star.
moon=A moon is a body that moves around a planet.
tree=A tree is a tall plant with a trunk, branches and leaves.
flower=A flower is the part of a plant that is often colourful and makes seeds.
seed=A seed is the small part of a plant from which a new plant can grow.
mushroom=A mushroom is a fungus with a stem and a cap that grows in damp places.
bee=A bee is a flying insect that collects nectar and makes honey.
spider=A spider is a small animal with eight legs that often makes webs.
butterfly=A butterfly is an insect with large, colourful wings.
penguin=A penguin is a black and white bird that swims well but cannot fly.
whale=A whale is a very large animal that lives in the sea and breathes air.
elephant=An elephant is a very large grey animal with a trunk and big ears.
kangaroo=A kangaroo is an animal from Australia that jumps and carries its baby in a pouch.
owl=An owl is a bird with big eyes that hunts at night.
dog=A dog is an animal that people keep as a pet and a friend.
cat=A cat is a small animal with soft fur that people keep as a pet.
horse=A horse is a large animal that people can ride.
cow=A cow is a large farm animal that gives milk.
dinosaur=A dinosaur was an animal that lived on Earth millions of years ago.
doctor=A doctor is a person who helps sick people to get well.
teacher=A teacher is a person who helps others to learn.
baker=A baker is a person who makes bread and cakes.
pilot=A pilot is a person who flies a plane.
farmer=A farmer is a person who grows food and keeps animals.
friend=A friend is a person whom you know well and like.
piano=A piano is a large musical instrument with black and white keys.
guitar=A guitar is a musical instrument with strings that you pluck.
violin=A violin is a musical instrument with four strings that is played with a bow.
drum=A drum is a musical instrument that you hit to make a sound.
hammer=A hammer is a tool for hitting nails into wood.
umbrella=An umbrella is a thing that you hold over your head to stay dry in the rain.
kite=A kite is a light toy that flies in the wind at the end of a string.
mirror=A mirror is a piece of glass in which you can see yourself.
candle=A candle is a stick of wax that gives light when it burns.
key=A key is a small piece of metal that opens a lock.
lamp=A lamp is a thing that gives light.
telescope=A telescope is an instrument for looking at things that are far away, such as stars.
compass=A compass is an instrument that shows where north is.
map=A map is a drawing that shows where places are.
poem=A poem is a short text in which words are chosen for their sound and their pictures.
story=A story tells what happened to somebody, true or made up.
joke=A joke is a short story or saying that makes people laugh.
dictionary=A dictionary is a book that explains what words mean.
triangle=A triangle is a shape with three sides.
circle=A circle is a perfectly round shape.
square=A square is a shape with four equal sides.
sandwich=A sandwich is two slices of bread with something tasty between them.
pizza=A pizza is a flat round bread baked with tomatoes, cheese and other things on top.
language model=A language model is a program that writes text, one word piece after another.
program=A program is a list of instructions that a computer follows.
message queue=A message queue keeps messages in order until somebody has time to work on them.
queue=A queue is a line in which one waits for one's turn.""".split("\n"))
UNCOUNTED = dict(p.split("=") for p in """water=Water is a clear liquid that all living things need.
ice=Ice is frozen water.
snow=Snow is made of small white ice crystals that fall from clouds.
rain=Rain is water that falls in drops from the clouds.
wind=Wind is moving air.
honey=Honey is a sweet food that bees make.
bread=Bread is a food made from flour, water and yeast.
cheese=Cheese is a food made from milk.
music=Music is sound put together so that it is nice to hear.
love=Love is a deep feeling of care for somebody.
time=Time is what clocks measure.
gold=Gold is a yellow and very valuable metal.
fire=Fire is what we see and feel when something burns.
gravity=Gravity is the force that pulls things down to the ground.
electricity=Electricity is a form of energy that makes lamps and machines work.
the sun=The sun is the star that gives us light and warmth.
the moon=The moon is the round body that moves around the Earth.
the internet=The internet is a network that joins computers all over the world.
chess=Chess is a game for two players on a board with 64 squares.
football=Football is a game in which two teams try to kick a ball into a goal.
friendship=Friendship is when people like, help and trust each other.""".split("\n"))

# the rest of "Why ...?" as question and as said by others = answer
REASONS = dict(p.split("=") for p in """is the sky blue|the sky is blue=Sunlight is scattered by the air, and blue light is scattered the most. So the sky looks blue.
is the sea salty|the sea is salty=Rivers carry salt from rocks into the sea, and it stays there.
do leaves fall in autumn|leaves fall in autumn=Trees drop their leaves to save water and energy in the cold winter.
do we sleep|we sleep=We sleep so that the body and the brain can rest and repair themselves.
do birds fly south|birds fly south=Many birds fly south in winter because there it is warmer and they find food.
does it rain|it rains=Water in clouds gathers into drops, and when they are heavy enough they fall as rain.
do cats purr|cats purr=Cats often purr when they feel happy and safe.
do dogs bark|dogs bark=Dogs bark to warn, to call or to say hello.
is grass green|grass is green=Grass is green because of chlorophyll, which plants use to catch sunlight.
do we need water|we need water=The body needs water for almost everything it does, so we have to drink every day.
is ice slippery|ice is slippery=A very thin layer of water on the ice makes it slippery.
does ice float|ice floats=Ice floats because it is lighter than the same amount of water.
do we have seasons|we have seasons=The axis of the Earth is tilted, so each half gets more sun in one part of the year.
is the sun hot|the sun is hot=Deep inside the sun, hydrogen turns into helium, and that gives off a lot of heat.
do bees make honey|bees make honey=Bees make honey as food for the winter.
do people laugh|people laugh=People laugh when something is funny or when they feel happy together.
do we dream|we dream=Nobody knows for sure. Dreams may help the brain to sort what happened in the day.
is it dark at night|it is dark at night=At night, our side of the Earth is turned away from the sun.
do stars shine|stars shine=Stars are so hot inside that they give off light.
should I brush my teeth|I should brush my teeth=Brushing removes food and germs, so that the teeth stay healthy.
do plants need light|plants need light=Plants use light to make their food from water and air.
do we have the moon|we have a moon=Most people think that the moon formed after something big hit the young Earth.
is exercise good|exercise is good=Exercise keeps the heart and the muscles strong, and it lifts the mood.
do onions make us cry|onions make us cry=A cut onion gives off a gas that stings the eyes, so they make tears.
do leaves change colour|leaves change colour=In autumn, the green colour breaks down and the yellow and red ones can be seen.
do we yawn|we yawn=We often yawn when we are tired or bored. Nobody knows the exact reason.""".split("\n"))

# ways to name the task after "How do I ..." = answer
TASKS = dict(p.split("=") for p in """boil an egg|cook an egg|make a boiled egg=Put the egg in boiling water. After six minutes it is soft, after ten minutes it is hard. Then cool it in cold water.
fry an egg|make a fried egg=Heat a little oil in a pan, crack the egg into it and fry it for about three minutes.
make tea|make a cup of tea|brew tea=Boil water, pour it over the tea and wait for three to five minutes. Then take the tea out.
make coffee|brew coffee=Put ground coffee in a filter and slowly pour hot water over it.
cook rice|boil rice|make rice=Use one cup of rice and two cups of water. Bring it to a boil, then cook it gently with the lid on for about 15 minutes.
cook pasta|make pasta|cook noodles|boil pasta|make spaghetti=Boil plenty of water with some salt, add the pasta and cook it for about ten minutes. Then pour off the water.
make a sandwich|make a quick sandwich=Take two slices of bread, put butter, cheese and some salad between them, and it is done.
make a salad=Cut lettuce, tomatoes and cucumber, add a little oil, vinegar and salt, and mix it well.
make pancakes|bake pancakes|make a pancake=Mix flour, milk and eggs, and fry the batter in a hot pan with a little butter, one side after the other.
bake bread|make bread=Mix flour, water, yeast and salt, let the dough rise for an hour and bake it until it is brown.
make soup|cook soup|make vegetable soup=Cut some vegetables, cook them in water with a little salt for about 20 minutes, and stir.
bake a cake|make a cake=Mix butter, sugar, eggs and flour, put it in a tin and bake it for about 45 minutes.
sleep better|sleep better at night|fall asleep|fall asleep faster|get better sleep|sleep well=Go to bed at the same time every day, keep the room dark and cool, and put the phone away an hour before.
wake up early|get up early|get up in the morning=Go to bed early, put the alarm clock away from the bed, and let in light right after waking up.
learn a language|learn English|learn a new language|learn another language|learn French|learn Spanish|improve my English=Practise a little every day, listen to the language, and speak as often as you can.
learn words|learn new words|remember words|remember new words|learn vocabulary=Write the words on cards, repeat them every day, and use each one in a sentence.
learn for a test|study for an exam|prepare for an exam|study better|prepare for a test=Start early, learn in short parts with breaks, and explain it to somebody in your own words.
remember things|improve my memory|remember names=Repeat it aloud, write it down, and connect it with a picture in your head.
save money|spend less money|save some money=Write down what you spend, make a list before you shop, and put a little aside every month.
save water|use less water=Take short showers, close the tap while you brush your teeth, and mend taps that drip.
save energy|use less energy|save electricity=Switch off lights that you do not need, and lower the heating a little.
stay healthy|live healthily|be healthy|keep healthy|stay fit|get fit=Eat vegetables and fruit, move every day, sleep enough and drink water.
relax|calm down|reduce stress|relax after work|feel less stressed=Breathe slowly, take a walk, listen to quiet music, or take a warm bath.
make friends|find friends|make new friends|find new friends=Smile, ask questions and listen well. Joining a club or a class also helps.
be happy|be happier|feel better|become happy=Spend time with people you like, go outside, and be thankful for small things.
plant a tree|plant a flower|grow flowers|plant flowers=Dig a hole, put the plant in, fill it with soil and water it well.
grow tomatoes|grow vegetables|plant tomatoes=Put the plants in a sunny place, water them often, and tie them to a stick.
care for a plant|keep plants alive|take care of my plants|water my plants=Give the plant light, and water it when the soil feels dry.
take care of a dog|care for a dog|look after a dog=Feed the dog every day, give it fresh water, and take it for walks.
take care of a cat|care for a cat|look after a cat=Feed the cat every day, keep its box clean, and play with it.
clean my room|tidy my room|clean the house|tidy up|clean up my room=Start in one corner, put everything in its place, and wipe the dust before you sweep the floor.
wash my hands|wash hands=Use warm water and soap, rub for twenty seconds and dry them well.
clean windows|clean a window|wash the windows=Use warm water with a drop of soap, wipe, and dry the glass with a cloth.
brush my teeth|brush teeth|clean my teeth=Brush all sides for two minutes, in the morning and in the evening.
tie a shoe|tie my shoes|tie shoelaces=Cross the laces, pull one under, make a loop, wrap the other around it and pull it through.
ride a bicycle|learn to ride a bike|ride a bike=Find a flat place, keep your eyes ahead, push off and pedal. After some tries it works.
learn to swim|swim|learn swimming=Take lessons with a teacher, start in shallow water, and practise breathing and floating first.
learn to cook|cook better|become a good cook=Start with simple dishes, taste often, and cook the same dish several times.
learn the guitar|learn to play the piano|play the guitar|learn an instrument|learn the piano=Practise for a short time every day, start with easy songs, and find a teacher if you can.
write a letter|write a good letter|write an email=Begin with a greeting, say clearly what you want, and end with good wishes and your name.
write a story|write a good story|start a story=Think of a hero, give the hero a problem, and tell how it is solved.
read more|read more books=Keep a book near your bed and read a few pages every evening.
stop being late|be on time|be punctual=Prepare everything the evening before, and leave ten minutes earlier than you think.
stop a cold|get rid of a cold|treat a cold=Rest, drink warm tea and sleep a lot. See a doctor if it gets worse.
stop hiccups|get rid of hiccups=Hold your breath for a moment or slowly drink a glass of water.
remove a stain|get rid of a stain|clean a stain=Put cold water and soap on it at once, wait a little and wash it.
pack a suitcase|pack for a trip|pack for a holiday=Make a list, roll the clothes, and put heavy things at the bottom.
stay warm|keep warm|stay warm in winter|keep warm in winter=Wear several thin layers, a hat and warm socks, and drink something hot.
stay cool|keep cool in summer|stay cool in summer=Drink enough water, stay in the shade and close the curtains during the day.
find my keys|find lost things|find something I lost=Think of where you last had it, and search one place after the other.
say sorry|apologize|apologise to a friend=Say clearly what you did wrong, that you are sorry, and how you will make it good.
cheer up a friend|help a sad friend|comfort a friend|cheer somebody up=Listen, be there, and do something nice together.
draw a cat|draw an animal|learn to draw|draw better=Start with simple shapes such as circles, then add the details, and practise often.
speak in public|give a speech|give a talk=Prepare well, practise aloud, speak slowly and look at the people.
build a snowman|make a snowman=Roll three big snowballs, put them on top of each other, and add a carrot as a nose.
fly a kite=Wait for a steady wind, hold the kite up, run a little and let out the string.
make lemonade=Mix the juice of lemons with water and some sugar, and add ice.
choose a gift|find a good gift|find a present=Think of what the person likes to do, and choose something small that fits.
plan a party|plan a birthday party|give a party=Make a list of guests, choose a day, and prepare food, drinks and music.""".split("\n"))

# ways to ask = answer
IDEAS = dict(p.split("=") for p in """What should I eat for breakfast?|What can I have for breakfast?|What is a good breakfast?|Give me an idea for breakfast.|Breakfast ideas?|What shall I eat this morning?|What should I have for breakfast today?=Oats with fruit, or bread with an egg, would be a good breakfast.
What should I eat for lunch?|What can I have for lunch?|What is a good lunch?|Give me an idea for lunch.|What should I eat for lunch today?|What is a quick lunch?=A salad with bread, or a bowl of soup, would be a good lunch.
What should I eat for dinner?|What should I cook tonight?|What can I cook for dinner?|What is a good dinner?|Give me an idea for dinner.|What should I cook for dinner tomorrow?|What shall I cook today?|What is a simple meal?=How about pasta with tomatoes and cheese? It is simple and tasty.
What should I do today?|What can I do this weekend?|What should I do this weekend?|What can I do on Sunday?|What should I do tonight?|How should I spend my day?|What can I do tomorrow?=You could take a walk, read a good book or meet a friend.
What should I do on a rainy day?|What can I do when it rains?|What shall we do on a rainy day?=You could read, bake a cake, play a board game or watch a film.
What should I take on a trip?|What should I pack for a trip?|What should I bring on a trip?|What do I need for a trip?|What should I take on holiday?|What should I pack?=Take clothes for the weather, your papers, some money, a charger and something to read.
What should I take on a walk?|What do I need for a hike?|What should I pack for hiking?|What should I take on a long walk?|What do I need for hiking?|What should I take to the mountains?=Take good shoes, water, some food, a map and a warm jacket.
What should I take to the beach?|What do I need at the beach?|What should I bring to the beach?|What should I pack for the beach?=Take a towel, sunscreen, a hat, water and something to read.
What should I bring to a picnic?|What do I need for a picnic?|What food is good for a picnic?=Bring a blanket, sandwiches, fruit and something to drink.
What should I wear in winter?|What should I wear when it is cold?|What clothes do I need in winter?=Wear a warm coat, a scarf, gloves and good boots.
What should I wear in summer?|What should I wear when it is hot?|What clothes do I need in summer?=Wear light clothes, a hat and comfortable shoes.
What should I wear in the rain?|What do I need when it rains?|What should I wear when it rains?=Wear a raincoat and boots, or take an umbrella.
What can I give my mother?|What is a good gift for a friend?|What should I give my father for his birthday?|Give me an idea for a present.|What is a nice birthday present?|What gift should I buy?=A book, some flowers or something that you made yourself would be a nice gift.
What should I read?|Can you recommend a book?|Which book should I read?|What is a good book?=Choose a book about something that you love. Short stories are a good start.
What should I watch?|Can you recommend a film?|Which film should I watch?|What is a good movie?=A funny film is always a good choice for a quiet evening.
What pet should I get?|Which pet is best?|Should I get a dog or a cat?|What is a good pet?=A dog needs a lot of time, a cat a little less, and a goldfish very little. Choose what fits your life.
What is a good hobby?|Which hobby should I start?|Give me an idea for a hobby.|I need a hobby.=You could try drawing, gardening, cooking or chess.
What should I name my dog?|What is a good name for a dog?|Give me a name for a dog.|What is a good name for my puppy?=How about Bruno, Luna or Sunny?
What should I name my cat?|What is a good name for a cat?|Give me a name for a cat.|What is a good name for my kitten?=How about Mimi, Tiger or Snow?
What is healthy food?|Which food is healthy?|What should I eat to be healthy?|What is a healthy snack?=Vegetables, fruit, nuts, beans and whole grain bread are healthy.
What is a good sport?|Which sport should I do?|How can I move more?=Swimming, cycling and walking are good for almost everybody.
Where should I go on holiday?|Where should I travel?|What is a nice place for a holiday?=If you like water, go to the sea. If you like quiet, go to the mountains.
Should I drink more water?|How much water should I drink?|How much water do I need?=About six to eight glasses of water a day are good for most people.
How long should I sleep?|How much sleep do I need?|How many hours should I sleep?=Most adults need seven to nine hours of sleep.
Is it good to read?|Is reading good?|Why should I read?=Yes, reading is good. You learn new words and travel in your head.
Give me some advice|Give me advice.|Do you have any advice?|Can you give me some advice?|Give me a tip.|Give me a tip for life.=Be kind, sleep enough, and do one thing after the other.
Motivate me|Say something nice.|Encourage me.|Tell me something nice.|Give me a compliment.=You can do more than you think. One small step every day is enough.""".split("\n"))


def _definition(rng):
    if rng.random() < .25:
        thing, answer = rng.choice(list(UNCOUNTED.items()))
        named = thing
    else:
        thing, answer = rng.choice(list(DEFINITIONS.items()))
        named = a(thing)
    ask = rng.choice(["What is {x}?", "What is {x}?", "What's {x}?", "Explain what {x} is.", "Can you explain what {x} is?", "Tell me what {x} is.", "Do you know what {x} is?", "Define {t}.", "What does the word {t} mean?",
                      "What does {t} mean?", "Please explain what {x} is.", "What exactly is {x}?", "Explain {x} in one sentence.", "What is {x}, in simple words?", "Describe {x}.", "Please tell me in one sentence what {x} is.",
                      "Can you describe {x}?", "Explain to a child what {x} is.", "what is {x}"])
    return ask.format(x=named, t=thing.removeprefix("the ")), answer


def _reason(rng):
    asks, answer = rng.choice(list(REASONS.items()))
    direct, told = asks.split("|")
    return rng.choice([f"Why {direct}?", f"Why {direct}?", f"why {direct}", f"Tell me why {told}.", f"Do you know why {told}?", f"Can you explain why {told}?", f"What is the reason that {told}?", f"Can you tell me why {told}?",
                       f"Please explain why {told}.", f"I wonder why {told}."]), answer


def _task(rng):
    names, answer = rng.choice(list(TASKS.items()))
    name = rng.choice(names.split("|"))
    return rng.choice(["How do I {x}?", "How can I {x}?", "How do I {x}?", "How can I {x}?", "How do you {x}?", "Tell me how to {x}.", "How to {x}?", "how to {x}", "Can you tell me how to {x}?", "I want to {x}. What should I do?",
                       "What is the best way to {x}?", "Give me a tip to {x}.", "I would like to {x}.", "Please explain how to {x}.", "Explain to me how to {x}.", "What should I do to {x}?", "Do you know how to {x}?",
                       "I want to {x}.", "Help me to {x}.", "Do you have a tip how to {x}?"]).format(x=name), answer


def _gerund_tip(rng):
    names, answer = rng.choice(list(TASKS.items()))
    first, *rest = rng.choice(names.split("|")).split(" ")
    double = {"get": "getting", "stop": "stopping", "swim": "swimming", "plan": "planning", "be": "being", "tie": "tying", "fry": "frying"}
    first = double.get(first) or (first[:-1] if first.endswith("e") else first) + "ing"
    return rng.choice(["Give me a tip for {x}.", "Do you have tips for {x}?", "Any advice on {x}?", "Give me some advice on {x}.", "I need a tip for {x}."]).format(x=" ".join([first, *rest])), answer


def _idea(rng):
    asks, answer = rng.choice(list(IDEAS.items()))
    return rng.choice(asks.split("|")), answer


KINDS = [(_definition, 5), (_reason, 2.5), (_task, 5), (_gerund_tip, 1), (_idea, 2.5)]


def dialogue(rng):
    return [rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0](rng)]
