"""Chats with an exported model in the terminal, or answers the prompts given as arguments."""

import argparse
import pathlib

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

HERE = pathlib.Path(__file__).parent


def load(folder):
    """Returns (model in float32, tokenizer)."""
    return AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval(), AutoTokenizer.from_pretrained(
        folder
    )


def answer(model, tokenizer, messages, limit=200):
    """Returns (ids of the prompt, ids of the greedy answer with its end token, text of the answer)."""
    rendered = tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
    ids = tokenizer(rendered, return_tensors="pt", add_special_tokens=False)
    with torch.no_grad():
        out = model.generate(**ids, max_new_tokens=limit, do_sample=False)[0].tolist()
    prompt_ids = ids["input_ids"][0].tolist()
    answer_ids = out[len(prompt_ids) :]
    return prompt_ids, answer_ids, tokenizer.decode(answer_ids, skip_special_tokens=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("prompts", nargs="*", help="prompts to answer one by one; without any: a conversation")
    parser.add_argument("--model", type=pathlib.Path, default=HERE.parent / "holt-chat")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model, tokenizer = load(args.model)
    for prompt in args.prompts:
        print(f"> {prompt}\n{answer(model, tokenizer, [{'role': 'user', 'content': prompt}])[2]}\n")
    messages = []
    while not args.prompts:
        try:
            messages.append({"role": "user", "content": input("> ")})
        except EOFError:
            break
        messages.append({"role": "assistant", "content": answer(model, tokenizer, messages)[2]})
        print(messages[-1]["content"])


if __name__ == "__main__":
    main()
