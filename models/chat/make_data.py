"""Writes the training dialogues, a JSON list of messages a line, and checks that no held-back prompt is in them."""

import argparse
import json
import pathlib
import random
import re

from corpus import facts, knowledge, stories, talk, tasks, unknown

HERE = pathlib.Path(__file__).parent
KINDS = [(talk, 24), (facts, 17), (tasks, 14), (knowledge, 17), (unknown, 9), (stories, 22)]
SYSTEM = [
    "You are a helpful assistant.",
    "You are a helpful assistant.",
    "You are a friendly assistant.",
    "You are Holt, a small chat model.",
    "Answer briefly.",
    "Be kind and helpful.",
    "You are a helpful AI assistant. Answer in one or two sentences.",
    "You are a chat bot.",
    "Please answer politely.",
    "You are an assistant for children.",
    "Be concise.",
]
BEFORE = [
    "Please, ",
    "Hey, ",
    "Hi, ",
    "Hello, ",
    "Hello! ",
    "Hi! ",
    "So, ",
    "Ok, ",
    "Well, ",
    "Now ",
    "And ",
    "One question: ",
    "Tell me, ",
    "Excuse me, ",
    "Quick question: ",
    "Holt, ",
]


def normalised(text):
    return re.sub(r"[^\w]+", " ", text.lower()).strip()


HELD_BACK = {normalised(prompt) for prompt in json.loads((HERE / "heldout.json").read_text())}


def roughened(rng, ask):
    """People forget capitals and marks, and put words before and after what they ask."""
    if rng.random() < 0.12 and len(ask) > 12:
        before = rng.choice(BEFORE)
        ask = before + (
            ask
            if before.endswith(("! ", ": ")) or ask.split(" ")[0] in ("I", "I'm", "I'd")
            else ask[0].lower() + ask[1:]
        )
    if rng.random() < 0.07 and ask[-1] in "?.":
        ask = (
            ask[:-1]
            + rng.choice(
                [", please", " please", ", my friend", ", Holt", " for me"] + [", do you know"] * (ask[-1] == "?")
            )
            + ask[-1]
        )
    if rng.random() < 0.06:
        ask = ask.lower()
    if rng.random() < 0.08:
        ask = ask.rstrip("?.!")
    if rng.random() < 0.03:
        ask = ask.rstrip("?.!") + rng.choice(["!", "?", "!!", "??", " ?"])
    if rng.random() < 0.02 and len(ask) > 15:
        i = rng.randrange(3, len(ask) - 3)
        ask = ask[:i] + rng.choice([ask[i + 1] + ask[i] + ask[i + 2 :], ask[i + 1 :], ask[i] + ask[i:]])
    return ask


def conversation(rng):
    """One dialogue as (user, assistant) turns: mostly a single exchange, sometimes several, rarely many."""
    parts = rng.choices([1, 2, 3, 5, 9], [72, 16, 8, 3, 1])[0]
    turns = []
    for _ in range(parts):
        turns += rng.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0].dialogue(rng)
    turns = [(roughened(rng, ask), answer) for ask, answer in turns]
    return [] if any(normalised(ask) in HELD_BACK for ask, _ in turns) else turns


def messages(rng):
    turns = []
    while not turns:
        turns = conversation(rng)
    result = [dict(role="system", content=rng.choice(SYSTEM))] if rng.random() < 0.12 else []
    for ask, answer in turns:
        result += [dict(role="user", content=ask), dict(role="assistant", content=answer)]
    return result


def check(path):
    """Fails when a user turn of the file equals a held-back prompt, capitals and punctuation aside."""
    for line in path.open(encoding="utf-8"):
        for message in json.loads(line):
            if message["role"] == "user" and normalised(message["content"]) in HELD_BACK:
                raise SystemExit(f"held-back prompt in the training data: {message['content']}")
    print(f"none of the {len(HELD_BACK)} held-back prompts is in {path.name}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    parser.add_argument("--dialogues", type=int, default=240_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    args.work.mkdir(parents=True, exist_ok=True)
    rng = random.Random(args.seed)
    path = args.work / "dialogues.jsonl"
    with path.open("w", encoding="utf-8") as out:
        for _ in range(args.dialogues):
            out.write(json.dumps(messages(rng), ensure_ascii=False) + "\n")
    check(path)


if __name__ == "__main__":
    main()
