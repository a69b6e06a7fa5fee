"""Writes the log probabilities that `transformers` computes for prompts with the models of make_fixtures.py.

    python engine/src/test/python/make_completion_fixtures.py

Needs torch 2.7 and transformers 4.57.
"""

import json
import pathlib

import torch
from make_fixtures import TARGET
from transformers import AutoModelForCausalLM, AutoTokenizer

NAMES = ["llama3", "smollm2", "qwen3"]
TEXTS = ["The otter builds its den, the holt, under the roots", "Grüße, 水獺 🦦", "an"]
GREEDY = 5


@torch.no_grad()
def computed(name: str, text: str) -> dict:
    tokenizer = AutoTokenizer.from_pretrained(TARGET / name)
    model = AutoModelForCausalLM.from_pretrained(TARGET / name, dtype=torch.float32, attn_implementation="eager").eval()
    ids = tokenizer.encode(text)
    scores = model(torch.tensor([ids])).logits[0].log_softmax(-1)
    continuation = list(ids)
    while len(continuation) < len(ids) + GREEDY and continuation[-1] not in (tokenizer.eos_token_id, model.config.eos_token_id):
        continuation.append(int(model(torch.tensor([continuation])).logits[0, -1].argmax()))
    return {
        "model": name,
        "text": text,
        "ids": ids,
        "logprobs": [round(float(scores[i, id]), 6) for i, id in enumerate(ids[1:])],
        "best": [round(float(row.max()), 6) for row in scores[:-1]],
        "whole": tokenizer.decode(ids, skip_special_tokens=True)
        + tokenizer.decode(continuation[len(ids) :], skip_special_tokens=True),
    }


if __name__ == "__main__":
    golden = [computed(name, text) for name in NAMES for text in TEXTS]
    target = TARGET.parent / "completions.json"
    target.write_text(json.dumps(golden, ensure_ascii=False) + "\n")
    print(target, target.stat().st_size, "bytes")
