"""The base of a diffusion model's networks: weights by their names in the checkpoint, and common layers.

The weights determine the layers. The loader has checked the weights against the configuration. Use only aten operators;
holt_llama.py says why.
"""

from typing import Dict

import torch
from torch import Tensor


class Network(torch.nn.Module):
    weights: Dict[str, Tensor]

    def __init__(self) -> None:
        super().__init__()
        self.weights = {}
        self.compute = torch.float32
        self.groups = 32  # of group norms
        self.epsilon = 1e-5  # of group norms

    @torch.jit.export
    def put(self, name: str, rows: Tensor, bfloat16: bool) -> None:
        """Copies a weight or its next rows. bfloat16: `rows` has the type float16, but its bits are bfloat16."""
        part = (torch.view_copy(rows, dtype=torch.bfloat16) if bfloat16 else rows.clone()).to(self.compute)
        if name in self.weights:
            part = torch.cat([self.weights[name], part])
        self.weights[name] = part

    def has(self, name: str) -> bool:
        return name + ".weight" in self.weights

    def linear(self, x: Tensor, name: str) -> Tensor:
        if name + ".bias" in self.weights:
            return torch._C._nn.linear(x, self.weights[name + ".weight"], self.weights[name + ".bias"])
        return torch._C._nn.linear(x, self.weights[name + ".weight"])

    def conv(self, x: Tensor, name: str, stride: int, padding: int) -> Tensor:
        weight = self.weights[name + ".weight"]
        return torch.conv2d(x, weight, self.weights[name + ".bias"], [stride, stride], [padding, padding])

    def layer_norm(self, x: Tensor, name: str, epsilon: float) -> Tensor:
        weight = self.weights[name + ".weight"]
        return torch.layer_norm(x, [x.size(-1)], weight, self.weights[name + ".bias"], epsilon)

    def group_norm(self, x: Tensor, name: str, epsilon: float) -> Tensor:
        return torch.group_norm(x, self.groups, self.weights[name + ".weight"], self.weights[name + ".bias"], epsilon)

    def attention(self, x: Tensor, context: Tensor, name: str, heads: int) -> Tensor:
        """x: [n, positions, channels], context: [n, tokens, any]. The heads share the channels."""
        query = self.linear(x, name + ".to_q").unflatten(-1, [heads, -1]).transpose(1, 2)
        key = self.linear(context, name + ".to_k").unflatten(-1, [heads, -1]).transpose(1, 2)
        value = self.linear(context, name + ".to_v").unflatten(-1, [heads, -1]).transpose(1, 2)
        mixed = torch._C._nn.scaled_dot_product_attention(query, key, value)
        return self.linear(mixed.transpose(1, 2).flatten(2), name + ".to_out.0")

    def resnet(self, x: Tensor, name: str, time: Tensor) -> Tensor:
        """time: [n, any], used if the block has a projection for it."""
        h = torch._C._nn.silu(self.group_norm(x, name + ".norm1", self.epsilon))
        h = self.conv(h, name + ".conv1", 1, 1)
        if self.has(name + ".time_emb_proj"):
            h = h + self.linear(torch._C._nn.silu(time), name + ".time_emb_proj").unsqueeze(-1).unsqueeze(-1)
        h = torch._C._nn.silu(self.group_norm(h, name + ".norm2", self.epsilon))
        h = self.conv(h, name + ".conv2", 1, 1)
        if self.has(name + ".conv_shortcut"):
            x = self.conv(x, name + ".conv_shortcut", 1, 0)
        return x + h

    def enlarge(self, x: Tensor, name: str, height: int, width: int) -> Tensor:
        return self.conv(torch._C._nn.upsample_nearest2d(x, [height, width]), name, 1, 1)
