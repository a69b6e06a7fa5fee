"""AutoencoderKL of diffusers as TorchScript: pixels to latents and back.

Call order: `configure`, `put` for each weight, then `encode` and `decode` any number of times.
"""

from typing import Dict

import torch
from torch import Tensor

from holt_network import Network


class Autoencoder(Network):
    weights: Dict[str, Tensor]

    def __init__(self) -> None:
        super().__init__()
        self.epsilon = 1e-6

    @torch.jit.export
    def configure(self, groups: int) -> None:
        self.groups = groups

    @torch.jit.export
    def encode(self, pixels: Tensor) -> Tensor:
        """Encodes pixels, [n, 3, h, w] in -1..1, to the mean of the latents, [n, channels, h / 2^k, w / 2^k]."""
        x = self.conv(pixels, "encoder.conv_in", 1, 1)
        level = 0
        while self.has("encoder.down_blocks." + str(level) + ".resnets.0.conv1"):
            x = self.resnets(x, "encoder.down_blocks." + str(level))
            halving = "encoder.down_blocks." + str(level) + ".downsamplers.0.conv"
            if self.has(halving):
                x = self.conv(torch.constant_pad_nd(x, [0, 1, 0, 1]), halving, 2, 0)
            level += 1
        x = self.ended(self.middle(x, "encoder.mid_block"), "encoder")
        if self.has("quant_conv"):
            x = self.conv(x, "quant_conv", 1, 0)
        return x.chunk(2, dim=1)[0].contiguous()

    @torch.jit.export
    def decode(self, latents: Tensor) -> Tensor:
        """Decodes latents to pixels, which may be beyond -1..1."""
        if self.has("post_quant_conv"):
            latents = self.conv(latents, "post_quant_conv", 1, 0)
        x = self.middle(self.conv(latents, "decoder.conv_in", 1, 1), "decoder.mid_block")
        level = 0
        while self.has("decoder.up_blocks." + str(level) + ".resnets.0.conv1"):
            x = self.resnets(x, "decoder.up_blocks." + str(level))
            doubling = "decoder.up_blocks." + str(level) + ".upsamplers.0.conv"
            if self.has(doubling):
                x = self.enlarge(x, doubling, 2 * x.size(2), 2 * x.size(3))
            level += 1
        return self.ended(x, "decoder").contiguous()

    def resnets(self, x: Tensor, name: str) -> Tensor:
        i = 0
        while self.has(name + ".resnets." + str(i) + ".conv1"):
            x = self.resnet(x, name + ".resnets." + str(i), x)
            i += 1
        return x

    def middle(self, x: Tensor, name: str) -> Tensor:
        x = self.resnet(x, name + ".resnets.0", x)
        attention = name + ".attentions.0"
        if self.has(attention + ".to_q"):
            h = self.group_norm(x, attention + ".group_norm", self.epsilon).flatten(2).transpose(1, 2)
            h = self.attention(h, h, attention, 1)
            x = x + h.transpose(1, 2).unflatten(2, [x.size(2), x.size(3)])
        return self.resnet(x, name + ".resnets.1", x)

    def ended(self, x: Tensor, name: str) -> Tensor:
        x = torch._C._nn.silu(self.group_norm(x, name + ".conv_norm_out", self.epsilon))
        return self.conv(x, name + ".conv_out", 1, 1)
