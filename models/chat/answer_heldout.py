"""Answers the held-back prompts greedily and writes docs/chat-model.md, with the verdicts of judgement.json.

A verdict counts only for the very answer that was judged: after another training run, changed answers show as
"not judged".
"""

import argparse
import json
import pathlib

import torch

from sample import answer, load

HERE = pathlib.Path(__file__).parent
HEAD = """# The built-in chat model and what it answers

`models/holt-chat` is a small Llama-layout model ({parameters:.1f} million parameters) that the project trained itself,
so that a fresh clone has something that talks. `models/README.md` says how.

These 50 prompts were written before the training data and held back: `models/chat/make_data.py` fails when one of
them is among the training prompts (capitals and punctuation aside). The facts behind them are in the data in other
words, and the same author wrote the prompts and the templates; so this shows whether the model understands other
wordings, not how much it knows.
Answers are greedy, from the exported float16 weights, one prompt at a time without a system turn. "Sensible" is the
project's own verdict on whether a friendly reader would accept the answer; nobody else has judged them yet.

**{sensible} of {total} sensible.**{unjudged}

| | Prompt | Answer | Sensible |
|---|---|---|---|
"""


def verdict(judged, prompt, text):
    entry = judged.get(prompt)
    if entry is None or entry["answer"] != text:
        return "not judged"
    return "yes" if entry["sensible"] else "no"


def cell(text):
    return text.replace("|", "\\|").replace("\n", " ")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=pathlib.Path, default=HERE.parent / "holt-chat")
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parent.parent / "docs" / "chat-model.md")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model, tokenizer = load(args.model)
    judged = json.loads((HERE / "judgement.json").read_text(encoding="utf-8"))
    rows = []
    for prompt in json.loads((HERE / "heldout.json").read_text(encoding="utf-8")):
        text = answer(model, tokenizer, [{"role": "user", "content": prompt}])[2]
        rows.append((prompt, text, verdict(judged, prompt, text)))
    verdicts = [row[2] for row in rows]
    waiting = verdicts.count("not judged")
    page = HEAD.format(
        parameters=model.num_parameters() / 1e6,
        sensible=verdicts.count("yes"),
        total=len(rows),
        unjudged=f" {waiting} not judged." if waiting else "",
    )
    for i, (prompt, text, said) in enumerate(rows, 1):
        page += f"| {i} | {cell(prompt)} | {cell(text)} | {said} |\n"
    args.out.parent.mkdir(parents=True, exist_ok=True)
    args.out.write_text(page, encoding="utf-8")
    print(f"{verdicts.count('yes')} sensible, {verdicts.count('no')} not, {waiting} not judged: {args.out}")


if __name__ == "__main__":
    main()
