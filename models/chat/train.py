"""Trains the chat model on one CPU thread: Muon for the matrices, AdamW for the rest, loss on the assistant's words.

A step takes the next bucket of dialogues of similar length from a seeded order, so that a run that was stopped goes
on with `--resume` where it was. Exported is a running average of the weights, which is good at any step.
"""

import argparse
import json
import pathlib
import random
import time

import torch
from transformers import AutoTokenizer, LlamaConfig, LlamaForCausalLM

from muon import Muon
from train_tokenizer import CONTEXT

HERE = pathlib.Path(__file__).parent


def encode_all(tokenizer, dialogues):
    """Returns (ids, mask) of each dialogue: mask is 1 where the model has to predict the id, that is in what the
    assistant says, its end included."""
    heads = {role: tokenizer.encode(f"<|im_start|>{role}\n") for role in ("system", "user", "assistant")}
    newline = tokenizer.encode("\n")
    bodies = iter(tokenizer([f"{m['content']}<|im_end|>" for messages in dialogues for m in messages])["input_ids"])
    examples = []
    for messages in dialogues:
        ids, mask = [], []
        for message in messages:
            head, body = heads[message["role"]], next(bodies)
            ids += head + body + newline
            mask += [0] * len(head) + [int(message["role"] == "assistant")] * len(body) + [0] * len(newline)
        examples.append((ids[:CONTEXT], mask[:CONTEXT]))
    return examples


def batches(examples, tokens, seed):
    """Endless batches of at most `tokens` ids, padding included; each epoch is cut into buckets of similar length."""
    epoch = 0
    while True:
        rng = random.Random(seed + epoch)
        order = sorted(range(len(examples)), key=lambda i: len(examples[i][0]) + rng.random() * 8)
        cut, batch = [], []
        for i in order:
            if batch and len(examples[i][0]) * (len(batch) + 1) > tokens:
                cut.append(batch)
                batch = []
            batch.append(i)
        cut.append(batch)
        rng.shuffle(cut)
        yield from cut
        epoch += 1


def tensors(examples, batch):
    """Returns ids [batch, length] and the mask of the same shape, padded on the right with 0."""
    length = max(len(examples[i][0]) for i in batch)
    ids = torch.zeros(len(batch), length, dtype=torch.long)
    mask = torch.zeros(len(batch), length, dtype=torch.bool)
    for row, i in enumerate(batch):
        ids[row, : len(examples[i][0])] = torch.tensor(examples[i][0])
        mask[row, : len(examples[i][1])] = torch.tensor(examples[i][1], dtype=torch.bool)
    return ids, mask


def loss_of(model, ids, mask):
    """Mean cross entropy of the masked ids. Padding is on the right, where causal attention never looks at it."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        hidden = model.model(input_ids=ids).last_hidden_state[:, :-1][mask[:, 1:]]
        logits = model.lm_head(hidden)
    return torch.nn.functional.cross_entropy(logits.float(), ids[:, 1:][mask[:, 1:]])


def new_model(tokenizer):
    return LlamaForCausalLM(
        LlamaConfig(
            vocab_size=len(tokenizer),
            hidden_size=256,
            intermediate_size=704,
            num_hidden_layers=6,
            num_attention_heads=8,
            num_key_value_heads=4,
            max_position_embeddings=CONTEXT,
            rms_norm_eps=1e-5,
            rope_theta=10000.0,
            tie_word_embeddings=True,
            attention_bias=False,
            bos_token_id=tokenizer.bos_token_id,
            eos_token_id=tokenizer.eos_token_id,
            pad_token_id=tokenizer.pad_token_id,
        )
    )


def rate(step, steps):
    """Share of the full learning rate: short warm-up, flat, then linearly to zero over the last 40 %."""
    return min(1.0, (step + 1) / 50, max(0.0, (steps - step) / (0.4 * steps)))


def save(path, **state):
    torch.save(state, path.with_suffix(".new"))
    path.with_suffix(".new").replace(path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    parser.add_argument("--steps", type=int, default=3450)
    parser.add_argument("--tokens", type=int, default=3072, help="ids in a step, padding included")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--save-every", type=float, default=180, help="seconds between checkpoints")
    parser.add_argument("--resume", action="store_true")
    args = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(args.seed)
    tokenizer = AutoTokenizer.from_pretrained(args.work / "tokenizer")
    with (args.work / "dialogues.jsonl").open(encoding="utf-8") as lines:
        examples = encode_all(tokenizer, [json.loads(line) for line in lines])
    print(f"{len(examples)} dialogues, {sum(len(ids) for ids, _ in examples)} ids", flush=True)

    model = new_model(tokenizer)
    average = {name: value.detach().clone() for name, value in model.named_parameters()}
    matrices = [p for name, p in model.named_parameters() if p.ndim == 2 and "embed" not in name]
    others = [p for name, p in model.named_parameters() if p.ndim != 2 or "embed" in name]
    optimizers = [(Muon(matrices), 0.01), (torch.optim.AdamW(others, betas=(0.9, 0.98), weight_decay=0.0), 0.002)]
    step, spent, seen = 0, 0.0, 0
    checkpoint = args.work / "checkpoint.pt"
    if args.resume and checkpoint.exists():
        state = torch.load(checkpoint)
        model.load_state_dict(state["model"])
        average, step, spent, seen = state["average"], state["step"], state["spent"], state["seen"]
        for (optimizer, _), saved in zip(optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
    print(f"{sum(p.numel() for p in model.parameters())} parameters, from step {step}", flush=True)

    order = batches(examples, args.tokens, args.seed)
    for _ in range(step):
        next(order)
    saved_at, losses = time.monotonic(), []
    while step < args.steps:
        started = time.monotonic()
        ids, mask = tensors(examples, next(order))
        loss = loss_of(model, ids, mask)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimizer, full in optimizers:
            for group in optimizer.param_groups:
                group["lr"] = full * rate(step, args.steps)
            optimizer.step()
            optimizer.zero_grad()
        step += 1
        keep = min(0.99, step / (step + 10))
        with torch.no_grad():
            for name, value in model.named_parameters():
                average[name].lerp_(value, 1 - keep)
        seen += ids.numel()
        spent += time.monotonic() - started
        losses.append(loss.item())
        if step % 50 == 0:
            mean, speed = sum(losses) / len(losses), seen / spent
            print(f"step {step} loss {mean:.3f} ids {seen} minutes {spent / 60:.1f} ids/s {speed:.0f}", flush=True)
            losses = []
        if time.monotonic() - saved_at > args.save_every or step == args.steps:
            save(
                checkpoint,
                model=model.state_dict(),
                average=average,
                step=step,
                spent=spent,
                seen=seen,
                optimizers=[optimizer.state_dict() for optimizer, _ in optimizers],
            )
            saved_at = time.monotonic()


if __name__ == "__main__":
    main()
