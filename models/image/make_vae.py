"""Writes an AutoencoderKL whose encoder is not learned: principal components of 8 x 8 blocks of pixels, as weights.

So the latents are fixed from the first minute: the diffusion model can train at once, and the decoder, which is
learned (train_decoder.py), can get better at any time without touching it.

Each halving gathers 2 x 2 neighbours by a strided convolution and keeps the strongest components; the residual blocks
pass their input on. The last GroupNorm and SiLU are made linear: each group holds every component twice, as z and -z,
beside large constants of both signs, which alone decide its mean and variance; and silu(z) - silu(-z) = z.
The decoder starts as smooth enlargement of each block's mean colour.
"""

import argparse
import pathlib

import torch

import data
from model import LATENTS, VAE_WIDTHS as WIDTHS, encode, new_vae, to_signal

HERE = pathlib.Path(__file__).parent
CONSTANT = 1000.0
GROUPS = 4


def gather(x, matrix=None):
    """[n, c, h, w] to [n, k, h / 2, w / 2]: 2 x 2 neighbours (order: channel, row, column) times matrix [k, 4 c]."""
    x = torch.nn.functional.pixel_unshuffle(x, 2)
    return x if matrix is None else torch.einsum("nchw,kc->nkhw", x, matrix)


def components(x, count):
    """The `count` strongest directions of the channels of x, about zero, as rows."""
    flat = x.permute(0, 2, 3, 1).reshape(-1, x.shape[1]).double()
    values, vectors = torch.linalg.eigh(flat.T @ flat / len(flat))
    rows = vectors.flip(1)[:, :count].T
    signs = rows.gather(1, rows.abs().argmax(dim=1, keepdim=True)).sign()
    return (rows * signs).float()


def fit(signal):
    """(matrices of the halvings, mean of the components, their multipliers)."""
    x, matrices = signal, []
    for width in (*WIDTHS[:-2], LATENTS):
        x = gather(x)
        matrices.append(components(x, min(width, x.shape[1])))
        x = torch.einsum("nchw,kc->nkhw", x, matrices[-1])
    mean = x.mean(dim=(0, 2, 3))
    # The root of the deviation: coarse components stay larger, but not so much that fine ones drown in noise.
    deviation = x.std(dim=(0, 2, 3))
    scale = deviation**-0.5
    return matrices, mean, scale / (deviation * scale).square().mean().sqrt()


def set_encoder(vae, matrices, mean, scale):
    encoder = vae.encoder
    for name, parameter in encoder.named_parameters():
        if not (".norm" in name and name.endswith("weight")):
            torch.nn.init.zeros_(parameter)
    channels = torch.arange(3)
    encoder.conv_in.weight[channels, channels, 1, 1] = 1
    halvings = [block.downsamplers[0].conv.weight for block in encoder.down_blocks[:-1]]
    for weight, matrix in zip(halvings, matrices):
        rows, columns = matrix.shape
        weight[:rows, : columns // 4, :2, :2] = matrix.view(rows, columns // 4, 2, 2)
    for block, width in zip(encoder.down_blocks[1:-1], WIDTHS):
        keep = torch.arange(width)
        block.resnets[0].conv_shortcut.weight[keep, keep, 0, 0] = 1
    last, each, wide = encoder.down_blocks[-1].resnets[0].conv_shortcut, LATENTS // GROUPS, WIDTHS[-1] // GROUPS
    constants = wide - 2 * each
    for i in range(LATENTS):
        plus = i // each * wide + i % each
        last.weight[plus, i, 0, 0], last.weight[plus + each, i, 0, 0] = 1, -1
        encoder.conv_out.weight[i, plus, 1, 1], encoder.conv_out.weight[i, plus + each, 1, 1] = scale[i], -scale[i]
    for group in range(GROUPS):
        start = group * wide + 2 * each
        last.bias[start : start + constants // 2] = CONSTANT
        last.bias[start + constants // 2 : start + constants] = -CONSTANT
    encoder.conv_norm_out.weight.fill_(CONSTANT * (constants / wide) ** 0.5)
    encoder.conv_out.bias[:LATENTS] = -mean * scale
    encoder.conv_out.bias[LATENTS:] = -30  # logarithm of the variance: as good as none
    torch.nn.init.zeros_(vae.quant_conv.bias)
    vae.quant_conv.weight.copy_(torch.eye(2 * LATENTS)[:, :, None, None])


def set_decoder(vae, to_colour, offset):
    """Colours travel in channels 0 to 2 as they are; residual blocks start without effect."""
    decoder, colours = vae.decoder, torch.arange(3)
    blocks = [*decoder.mid_block.resnets, *(r for block in decoder.up_blocks for r in block.resnets)]
    for resnet in blocks:
        torch.nn.init.zeros_(resnet.conv2.weight)
        torch.nn.init.zeros_(resnet.conv2.bias)
        if resnet.conv_shortcut is not None:
            _pass_on(resnet.conv_shortcut, torch.eye(3)[:, :, None, None])
    smooth = torch.tensor([0.25, 0.5, 0.25])
    for block in decoder.up_blocks[:-1]:
        _pass_on(block.upsamplers[0].conv, torch.eye(3)[:, :, None, None] * torch.outer(smooth, smooth))
    vae.post_quant_conv.weight.copy_(torch.eye(LATENTS)[:, :, None, None])
    torch.nn.init.zeros_(vae.post_quant_conv.bias)
    decoder.conv_in.weight[:3] = 0
    decoder.conv_in.weight[:3, :, 1, 1], decoder.conv_in.bias[:3] = to_colour, offset
    # The end is linear for the same reason as the encoder's: groups of colour, its negative, and two constants.
    torch.nn.init.zeros_(decoder.conv_out.weight)
    torch.nn.init.zeros_(decoder.conv_out.bias)
    shortcut = decoder.up_blocks[-1].resnets[0].conv_shortcut
    torch.nn.init.zeros_(shortcut.weight)
    torch.nn.init.zeros_(shortcut.bias)
    constant, final = 4.0, decoder.up_blocks[-1].resnets[-1].conv2.bias
    for colour in colours:
        plus = 4 * colour
        shortcut.weight[plus, colour], shortcut.weight[plus + 1, colour] = 1, -1
        final[plus + 2], final[plus + 3] = constant, -constant
        decoder.conv_out.weight[colour, plus, 1, 1], decoder.conv_out.weight[colour, plus + 1, 1, 1] = 1, -1
        decoder.conv_norm_out.weight[plus : plus + 4] = constant * 0.5**0.5


def _pass_on(convolution, kernel):
    convolution.weight[:3], convolution.bias[:3] = 0, 0
    convolution.weight[:3, :3] = kernel


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=pathlib.Path, default=HERE / "work")
    parser.add_argument("--count", type=int, default=600, help="pictures to look at")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    signal = to_signal(data.Shards(args.work, args.seed, 0).pictures(0, args.count))
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    vae, fitted = new_vae(), fit(signal)
    with torch.no_grad():
        set_encoder(vae, *fitted)
        matrices, mean, scale = fitted
        expected = signal[:64]
        for matrix in matrices:
            expected = gather(expected, matrix)
        expected = (expected - mean[:, None, None]) * scale[:, None, None]
        found = encode(vae, signal[:64])
        flat = found.permute(0, 2, 3, 1).reshape(-1, LATENTS)
        colours = torch.nn.functional.avg_pool2d(signal[:64], 2 ** len(matrices)).permute(0, 2, 3, 1).reshape(-1, 3)
        solved = torch.linalg.lstsq(torch.cat([flat, torch.ones(len(flat), 1)], dim=1), colours).solution
        set_decoder(vae, solved[:-1].T, solved[-1])
    vae.save_pretrained(args.work / "vae")
    print(f"largest error of the encoder {(found - expected).abs().max():.1e}, deviation of latents {found.std():.3f}")


if __name__ == "__main__":
    main()
