"""CLIP's text encoder as TorchScript, with or without projection.

Call order: `configure`, `put` for each weight, then `encode` any number of times.
"""

from typing import Dict, List

import torch
from torch import Tensor

from holt_network import Network


class ClipText(Network):
    weights: Dict[str, Tensor]

    def __init__(self) -> None:
        super().__init__()
        self.heads = 0
        self.layers = 0
        self.quick = False
        self.penultimate = False

    @torch.jit.export
    def configure(self, heads: int, layers: int, epsilon: float, quick: bool, penultimate: bool) -> None:
        """quick: use the sigmoid approximation of GELU. penultimate: return the input of the last layer, without the final norm."""
        self.heads = heads
        self.layers = layers
        self.epsilon = epsilon
        self.quick = quick
        self.penultimate = penultimate

    @torch.jit.export
    def encode(self, tokens: List[int], end: int) -> List[Tensor]:
        """Encodes one text. end: the position of the pooled embedding.

        Returns the text, [tokens, width], and the pooled embedding, [width], projected if the model has a projection.
        """
        embedding = self.weights["text_model.embeddings.token_embedding.weight"]
        device = embedding.device
        positions = self.weights["text_model.embeddings.position_embedding.weight"][: len(tokens)]
        x = (torch.embedding(embedding, torch.tensor(tokens, device=device)) + positions).unsqueeze(0)
        before = x
        for i in range(self.layers):
            layer = "text_model.encoder.layers." + str(i)
            before = x
            x = x + self.self_attention(self.layer_norm(x, layer + ".layer_norm1", self.epsilon), layer + ".self_attn")
            h = self.linear(self.layer_norm(x, layer + ".layer_norm2", self.epsilon), layer + ".mlp.fc1")
            h = h * torch.sigmoid(1.702 * h) if self.quick else torch._C._nn.gelu(h)
            x = x + self.linear(h, layer + ".mlp.fc2")
        last = self.layer_norm(x, "text_model.final_layer_norm", self.epsilon)
        whole = last[:, end]
        if self.has("text_projection"):
            whole = self.linear(whole, "text_projection")
        return [before[0] if self.penultimate else last[0], whole[0]]

    def self_attention(self, x: Tensor, name: str) -> Tensor:
        query = self.linear(x, name + ".q_proj").unflatten(-1, [self.heads, -1]).transpose(1, 2)
        key = self.linear(x, name + ".k_proj").unflatten(-1, [self.heads, -1]).transpose(1, 2)
        value = self.linear(x, name + ".v_proj").unflatten(-1, [self.heads, -1]).transpose(1, 2)
        mixed = torch._C._nn.scaled_dot_product_attention(query, key, value, is_causal=True)
        return self.linear(mixed.transpose(1, 2).flatten(2), name + ".out_proj")
