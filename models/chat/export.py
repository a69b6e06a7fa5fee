"""Writes the averaged weights as a Hugging Face folder, and five greedy answers for the engine's test."""

import argparse
import json
import pathlib
import shutil

import torch
from safetensors.torch import save_file
from transformers import AutoTokenizer, GenerationConfig

from sample import answer, load
from train import new_model

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parent.parent
GOLDEN_PROMPTS = [
    "Hello!",
    "Who are you?",
    "What is the capital of France?",
    "你好",
    "Tell me a story about a fox.",
]


def write_model(checkpoint, tokenizer, folder):
    """config.json, generation_config.json and model.safetensors (float16; the output matrix is the tied embedding)."""
    model = new_model(tokenizer)
    model.config.dtype = torch.float16
    model.config.architectures = ["LlamaForCausalLM"]
    model.config.save_pretrained(folder)
    GenerationConfig(
        bos_token_id=tokenizer.bos_token_id,
        eos_token_id=tokenizer.eos_token_id,
        pad_token_id=tokenizer.pad_token_id,
    ).save_pretrained(folder)
    weights = {name: value.to(torch.float16).contiguous() for name, value in checkpoint["average"].items()}
    save_file(weights, folder / "model.safetensors", metadata={"format": "pt"})
    (folder / "model.safetensors").chmod(0o644)


def write_golden(folder, path):
    """What transformers answers greedily, in float32 from the exported float16 weights."""
    model, tokenizer = load(folder)
    cases = []
    for prompt in GOLDEN_PROMPTS:
        messages = [{"role": "user", "content": prompt}]
        prompt_ids, answer_ids, text = answer(model, tokenizer, messages)
        rendered = tokenizer.apply_chat_template(messages, add_generation_prompt=True, tokenize=False)
        cases.append(dict(prompt=prompt, rendered=rendered, promptIds=prompt_ids, answerIds=answer_ids, text=text))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(cases, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    parser.add_argument("--out", type=pathlib.Path, default=HERE.parent / "holt-chat")
    parser.add_argument(
        "--golden", type=pathlib.Path, default=ROOT / "engine/src/test/resources/holt/engine/builtin-golden.json"
    )
    args = parser.parse_args()
    torch.set_num_threads(1)
    checkpoint = torch.load(args.work / "checkpoint.pt")
    args.out.mkdir(parents=True, exist_ok=True)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json"):
        shutil.copy(args.work / "tokenizer" / name, args.out / name)
    write_model(checkpoint, AutoTokenizer.from_pretrained(args.work / "tokenizer"), args.out)
    write_golden(args.out, args.golden)
    size = sum(file.stat().st_size for file in args.out.iterdir())
    minutes = checkpoint["spent"] / 60
    print(f"step {checkpoint['step']}, {minutes:.0f} minutes of training, {size / 1e6:.1f} MB in {args.out}")


if __name__ == "__main__":
    main()
