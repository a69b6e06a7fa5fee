"""Encoder of the BERT and RoBERTa layouts as TorchScript.

Call order: `configure`, `put` for each weight, then for each batch `begin`, `layer` for each layer and `pooled`.
"""

from typing import Dict, List, Optional

import torch
from torch import Tensor

from holt_network import Network
from holt_pooling import pool


class BertEncoder(Network):
    weights: Dict[str, Tensor]
    lengths: List[int]
    mask: Optional[Tensor]

    def __init__(self) -> None:
        super().__init__()
        self.heads = 0
        self.first = 0
        self.act = "gelu"
        self.states = torch.empty(0)  # [rows, width, hidden]
        self.lengths = []
        self.mask = None

    @torch.jit.export
    def configure(self, heads: int, epsilon: float, act: str, first: int, dtype: str) -> None:
        """act: gelu or relu. first: the position of the first token. dtype: fp32 or bf16."""
        self.heads = heads
        self.epsilon = epsilon
        self.act = act
        self.first = first
        self.compute = torch.bfloat16 if dtype == "bf16" else torch.float32

    @torch.jit.export
    def begin(self, tokens: List[int], lengths: List[int]) -> None:
        """Takes a batch. tokens: [rows * width], each row padded at its end; lengths: [rows]."""
        words = self.weights["embeddings.word_embeddings.weight"]
        device = words.device
        rows = len(lengths)
        width = len(tokens) // rows
        x = torch.embedding(words, torch.tensor(tokens, device=device)).view(rows, width, -1)
        x = x + self.weights["embeddings.position_embeddings.weight"][self.first : self.first + width]
        x = x + self.weights["embeddings.token_type_embeddings.weight"][0]
        self.states = self.layer_norm(x, "embeddings.LayerNorm", self.epsilon)
        self.lengths = lengths
        if min(lengths) == width:
            self.mask = None
        else:
            counts = torch.tensor(lengths, device=device).view(rows, 1, 1, 1)
            self.mask = torch.arange(width, device=device).view(1, 1, 1, width) < counts

    @torch.jit.export
    def layer(self, index: int) -> None:
        """Runs the layer on the batch."""
        name = "encoder.layer." + str(index) + "."
        x = self.states
        mixed = self.self_attention(x, name + "attention.self.")
        x = x + self.linear(mixed, name + "attention.output.dense")
        x = self.layer_norm(x, name + "attention.output.LayerNorm", self.epsilon)
        h = self.linear(x, name + "intermediate.dense")
        h = torch._C._nn.gelu(h) if self.act == "gelu" else torch.relu(h)
        self.states = self.layer_norm(x + self.linear(h, name + "output.dense"), name + "output.LayerNorm", self.epsilon)

    @torch.jit.export
    def pooled(self, kind: str) -> Tensor:
        """One vector for each row, [rows, hidden] fp32."""
        result = pool(self.states, self.lengths, kind)
        self.states = torch.empty(0)
        self.mask = None
        return result

    def self_attention(self, x: Tensor, name: str) -> Tensor:
        query = self.linear(x, name + "query").unflatten(-1, [self.heads, -1]).transpose(1, 2)
        key = self.linear(x, name + "key").unflatten(-1, [self.heads, -1]).transpose(1, 2)
        value = self.linear(x, name + "value").unflatten(-1, [self.heads, -1]).transpose(1, 2)
        mixed = torch._C._nn.scaled_dot_product_attention(query, key, value, attn_mask=self.mask)
        return mixed.transpose(1, 2).flatten(2)
