"""Writes numbers that ggml's Python package dequantises from each type, for DequantiseTest.

    pip install gguf==0.19.0
    python make_gguf_fixtures.py ../resources/holt/engine/gguf.json
"""

import base64
import json
import sys

import numpy
from gguf import GGML_QUANT_SIZES, GGMLQuantizationType, quants

QUANTISED = ["Q4_0", "Q4_1", "Q5_0", "Q5_1", "Q8_0"]
DEQUANTISED = {  # and the offsets of a block's fp16 scales
    "Q4_K": (0, 2),
    "Q5_K": (0, 2),
    "Q6_K": (208,),
    "Q2_K": (80, 82),
    "Q3_K": (108,),
    "IQ4_NL": (0,),
    "IQ4_XS": (0,),
}


def main(target: str) -> None:
    random = numpy.random.default_rng(7)
    values = random.standard_normal((3, 64)).astype(numpy.float32)
    values[1] *= 1e-4  # gives subnormal fp16 scales
    values[2, :32] = 0
    fixtures = {}
    for name in QUANTISED:
        kind = GGMLQuantizationType[name]
        fixtures[name] = fixture(kind, quants.quantize(values, kind))
    for name, scales in DEQUANTISED.items():  # the package cannot quantise these, so use random bits
        kind = GGMLQuantizationType[name]
        size = GGML_QUANT_SIZES[kind][1]
        stored = random.integers(0, 256, (2, size), dtype=numpy.uint8)
        for at in scales:
            halves = (random.standard_normal(2) / 100).astype(numpy.float16)
            stored[:, at : at + 2] = halves.view(numpy.uint8).reshape(2, 2)
        fixtures[name] = fixture(kind, stored)
    with open(target, "w") as file:
        json.dump(fixtures, file)
        file.write("\n")


def fixture(kind: GGMLQuantizationType, stored: numpy.ndarray) -> dict:
    return {
        "stored": base64.b64encode(stored.tobytes()).decode(),
        "values": quants.dequantize(stored, kind).flatten().tolist(),
    }


if __name__ == "__main__":
    main(sys.argv[1])
