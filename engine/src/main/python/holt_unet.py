"""UNet2DConditionModel of diffusers as TorchScript: Stable Diffusion 1, 2, XL and their relatives.

Call order: `configure`, `embed`, `put` for each weight, then `step` any number of times.
"""

import math
from typing import Dict, List

import torch
from torch import Tensor

from holt_network import Network


class Unet(Network):
    weights: Dict[str, Tensor]
    heads: List[int]  # per level, from the largest picture to the smallest

    def __init__(self) -> None:
        super().__init__()
        self.heads = []
        self.time_width = 0
        self.size_width = 0
        self.cosine_first = True
        self.frequency_shift = 0.0

    @torch.jit.export
    def configure(self, heads: List[int], groups: int, epsilon: float, dtype: str) -> None:
        """dtype: fp32 or bf16."""
        self.heads = heads
        self.groups = groups
        self.epsilon = epsilon
        self.compute = torch.bfloat16 if dtype == "bf16" else torch.float32

    @torch.jit.export
    def embed(self, time_width: int, size_width: int, cosine_first: bool, frequency_shift: float) -> None:
        """Sets up the sinusoidal embeddings of timesteps and of SDXL's sizes."""
        self.time_width = time_width
        self.size_width = size_width
        self.cosine_first = cosine_first
        self.frequency_shift = frequency_shift

    @torch.jit.export
    def step(self, sample: Tensor, times: Tensor, text: Tensor, pooled: Tensor, sizes: Tensor) -> Tensor:
        """Predicts. Inputs in fp32: sample [n, channels, h, w], times [n], text [n, tokens, width].

        pooled [n, width] and sizes [n, 6] are unused unless the model takes them. Returns [n, channels, h, w] in fp32.
        """
        time = self.embedding(self.waves(times, self.time_width), "time_embedding")
        if self.has("add_embedding.linear_1"):
            waves = self.waves(sizes.flatten(), self.size_width).view(sizes.size(0), -1)
            time = time + self.embedding(torch.cat([pooled, waves], dim=1), "add_embedding")
        context = text.to(self.compute)
        x = self.conv(sample.to(self.compute), "conv_in", 1, 1)
        skips = [x]
        for level in range(len(self.heads)):
            block = "down_blocks." + str(level)
            i = 0
            while self.has(block + ".resnets." + str(i) + ".conv1"):
                x = self.resnet(x, block + ".resnets." + str(i), time)
                x = self.transformer(x, context, block + ".attentions." + str(i), self.heads[level])
                skips.append(x)
                i += 1
            if self.has(block + ".downsamplers.0.conv"):
                x = self.conv(x, block + ".downsamplers.0.conv", 2, 1)
                skips.append(x)
        x = self.resnet(x, "mid_block.resnets.0", time)
        x = self.transformer(x, context, "mid_block.attentions.0", self.heads[-1])
        x = self.resnet(x, "mid_block.resnets.1", time)
        for level in range(len(self.heads)):
            block = "up_blocks." + str(level)
            i = 0
            while self.has(block + ".resnets." + str(i) + ".conv1"):
                x = self.resnet(torch.cat([x, skips.pop()], dim=1), block + ".resnets." + str(i), time)
                x = self.transformer(x, context, block + ".attentions." + str(i), self.heads[-1 - level])
                i += 1
            if self.has(block + ".upsamplers.0.conv"):
                x = self.enlarge(x, block + ".upsamplers.0.conv", skips[-1].size(2), skips[-1].size(3))
        x = torch._C._nn.silu(self.group_norm(x, "conv_norm_out", self.epsilon))
        return self.conv(x, "conv_out", 1, 1).to(torch.float32).contiguous()

    def waves(self, numbers: Tensor, width: int) -> Tensor:
        half = width // 2
        exponent = torch.arange(half, dtype=torch.float32, device=numbers.device) / (half - self.frequency_shift)
        angles = numbers.unsqueeze(1) * torch.exp(-math.log(10000) * exponent)
        if self.cosine_first:
            return torch.cat([angles.cos(), angles.sin()], dim=1)
        return torch.cat([angles.sin(), angles.cos()], dim=1)

    def embedding(self, x: Tensor, name: str) -> Tensor:
        x = self.linear(x.to(self.compute), name + ".linear_1")
        return self.linear(torch._C._nn.silu(x), name + ".linear_2")

    def transformer(self, x: Tensor, context: Tensor, name: str, heads: int) -> Tensor:
        """Self-attention and cross-attention to the text. Returns x if the block has none."""
        if not self.has(name + ".proj_in"):
            return x
        size = [x.size(2), x.size(3)]
        convolves = self.weights[name + ".proj_in.weight"].dim() == 4
        h = self.group_norm(x, name + ".norm", 1e-6)
        if convolves:
            h = self.conv(h, name + ".proj_in", 1, 0)
        h = h.flatten(2).transpose(1, 2)
        if not convolves:
            h = self.linear(h, name + ".proj_in")
        i = 0
        while self.has(name + ".transformer_blocks." + str(i) + ".norm1"):
            block = name + ".transformer_blocks." + str(i)
            normed = self.layer_norm(h, block + ".norm1", 1e-5)
            h = h + self.attention(normed, normed, block + ".attn1", heads)
            h = h + self.attention(self.layer_norm(h, block + ".norm2", 1e-5), context, block + ".attn2", heads)
            normed = self.layer_norm(h, block + ".norm3", 1e-5)
            wide, gate = self.linear(normed, block + ".ff.net.0.proj").chunk(2, dim=-1)
            h = h + self.linear(wide * torch._C._nn.gelu(gate), block + ".ff.net.2")
            i += 1
        if not convolves:
            h = self.linear(h, name + ".proj_out")
        h = h.transpose(1, 2).unflatten(2, size)
        if convolves:
            h = self.conv(h, name + ".proj_out", 1, 0)
        return x + h
