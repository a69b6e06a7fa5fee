"""Trains the CLIP-style byte-pair tokenizer on captions and writes it."""

import argparse
import json
import pathlib
import random

from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import CLIPTokenizerFast

import captions
import compose
from model import TOKENS
from scenes import Art

HERE = pathlib.Path(__file__).parent
START, END = "<|startoftext|>", "<|endoftext|>"
# CLIP's own way of cutting text into words, but each Chinese character is a word.
WORDS = r"""'s|'t|'re|'ve|'m|'ll|'d|\p{Han}|(?:(?!\p{Han})\p{L})+|[\p{N}]|[^\s\p{L}\p{N}]+"""


def texts(art, seed, count):
    """Captions and edits by lot, half of them Chinese, and every name once."""
    chance = random.Random(seed)
    for _ in range(count):
        scene = compose.scene(art, chance)
        yield captions.english(scene, art, chance)
        yield captions.chinese(scene, art, chance)
        yield captions.instruction(*compose.edit(scene, art, chance), art, chance)
    for thing in art.objects.values():
        yield from thing["english"] + thing["chinese"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    parser.add_argument("--vocab", type=int, default=1400)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    bpe = Tokenizer(models.BPE(unk_token=END, continuing_subword_prefix="", end_of_word_suffix="</w>"))
    bpe.normalizer = normalizers.Sequence(
        [normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " "), normalizers.Lowercase()]
    )
    bpe.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Split(Regex(WORDS), "removed", invert=True), pre_tokenizers.ByteLevel(add_prefix_space=False)]
    )
    bpe.decoder = decoders.ByteLevel()
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    trainer = trainers.BpeTrainer(
        vocab_size=args.vocab,
        special_tokens=[*alphabet, *(letter + "</w>" for letter in alphabet), START, END],
        end_of_word_suffix="</w>",
        min_frequency=2,
        show_progress=False,
    )
    bpe.train_from_iterator(texts(Art(args.work), args.seed, args.count), trainer)
    # Letters had to be in the vocabulary, but only the two marks are special.
    bpe = Tokenizer.from_str(_only_marks_special(bpe.to_str()))
    bpe.post_processor = processors.RobertaProcessing(
        (END, bpe.token_to_id(END)), (START, bpe.token_to_id(START)), trim_offsets=False, add_prefix_space=False
    )
    tokenizer = CLIPTokenizerFast(tokenizer_object=bpe, model_max_length=TOKENS)
    tokenizer.save_pretrained(args.work / "tokenizer")
    print(f"{len(tokenizer)} tokens")


def _only_marks_special(text):
    content = json.loads(text)
    content["added_tokens"] = [token for token in content["added_tokens"] if token["content"] in (START, END)]
    return json.dumps(content)


if __name__ == "__main__":
    main()
