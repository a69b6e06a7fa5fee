"""Answers the held-back prompts greedily and writes docs/chat-model.md, with the verdicts of judgement.json.

A verdict belongs to one exact answer. If another training run changes an answer, the page shows it as "not judged".
"""

import argparse
import json
import pathlib

import torch

from sample import answer, load

HERE = pathlib.Path(__file__).parent
HEAD = """# The built-in chat model and its answers

`models/holt-chat` is a small Llama-layout model with {parameters:.1f} million parameters. The project trained it, so that a fresh clone can
chat at once. [models/README.md](../models/README.md) describes its training and its limits.

The 50 prompts below were written before the training data and held back. `models/chat/make_data.py` fails if the training prompts contain
one of them. It ignores capitals and punctuation. The training data has the facts behind the prompts in other words. The same author wrote
the prompts and the templates. So this page shows whether the model understands other wordings, not how much it knows.

The answers are greedy, from the exported float16 weights, one prompt at a time, without a system turn. "Sensible" means that a friendly
reader would accept the answer. That is the project's own verdict. Nobody else has judged the answers yet.

**{sensible} of {total} answers are sensible.**{unjudged}

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
