"""Generates with transformers, in fp32 on one thread, whenever a line comes in; for holt.benchmarks.Latency, which names a folder of random weights.

    python generate.py FOLDER ROWS PROMPT_TOKENS ANSWER_TOKENS

Prints the seconds that it took.
"""

import sys
import time

import torch
from transformers import AutoModelForCausalLM


def main():
    folder = sys.argv[1]
    rows, prompt, answer = (int(argument) for argument in sys.argv[2:])
    torch.set_num_threads(1)
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=torch.float32).eval()
    ids = torch.randint(3, model.config.vocab_size, (rows, prompt), generator=torch.Generator().manual_seed(1))
    print("ready", flush=True)
    for _ in sys.stdin:
        begun = time.perf_counter()
        model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            min_new_tokens=answer,
            max_new_tokens=answer,
            do_sample=False,
            eos_token_id=2,
            pad_token_id=0,
        )
        print(time.perf_counter() - begun, flush=True)


if __name__ == "__main__":
    main()
