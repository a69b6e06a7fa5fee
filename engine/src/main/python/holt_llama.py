"""Decoder of the Llama family as TorchScript: the architecture only. The engine passes the weights at run time.

Call order: `configure`, `rotary`, then for each layer `put` its weights and `add_layer`, then `put` the rest and `finish`,
then `attach` the key/value cache. After that, `step` and `copy` any number of times.

Embeddings need no cache. After `finish`, each batch calls `begin`, `layer` for each layer, and `pooled`.

Use only aten operators. Wrappers of torch.nn.functional would be compiled into the archive in the version of the compiling
torch, and another libtorch may refuse to load them.
"""

import math
from typing import Dict, List

import torch
from torch import Tensor

from holt_pooling import pool


def packed_linear(x: Tensor, weight: Tensor, bias: Tensor) -> Tensor:
    """Multiplies with packed weights, on one core."""
    return torch.fbgemm_linear_fp16_weight_fp32_activation(x, weight, bias)


def joined(first: Tensor, others: List[torch.jit.Future[Tensor]]) -> Tensor:
    """Joins the rows computed here and those of the forks."""
    if len(others) == 0:
        return first
    parts = [first]
    for other in others:
        parts.append(torch.jit.wait(other))
    return torch.cat(parts)


class LlamaDecoder(torch.nn.Module):
    pending: Dict[str, Tensor]
    attention_norm: List[Tensor]  # per layer [hidden]
    qkv: List[Tensor]  # per layer [(heads + 2 * kv_heads) * head_dim, hidden], packed if `packed`
    qkv_bias: List[Tensor]
    query_norm: List[Tensor]  # per layer [head_dim], empty if the model has none
    key_norm: List[Tensor]
    output: List[Tensor]  # per layer [hidden, heads * head_dim]
    output_bias: List[Tensor]
    mlp_norm: List[Tensor]
    gate_up: List[Tensor]  # per layer [2 * intermediate, hidden]
    gate_up_bias: List[Tensor]
    down: List[Tensor]  # per layer [hidden, intermediate]
    down_bias: List[Tensor]
    keys: List[Tensor]  # per layer [slots, kv_heads, capacity, head_dim]
    values: List[Tensor]
    lengths: List[int]  # per row of the batch for embeddings
    zeroed: List[int]  # per slot: positions below are initialised, those above may hold anything

    def __init__(self) -> None:
        super().__init__()
        self.heads = 0
        self.kv_heads = 0
        self.head_dim = 0
        self.epsilon = 0.0
        self.packed = False
        self.cores = 1
        self.compute = torch.float32
        self.pending = {}
        self.attention_norm = []
        self.qkv = []
        self.qkv_bias = []
        self.query_norm = []
        self.key_norm = []
        self.output = []
        self.output_bias = []
        self.mlp_norm = []
        self.gate_up = []
        self.gate_up_bias = []
        self.down = []
        self.down_bias = []
        self.keys = []
        self.values = []
        self.lengths = []
        self.zeroed = []
        self.states = torch.empty(0)  # [rows * width, hidden], of the batch for embeddings
        self.frequencies = torch.empty(0)  # [head_dim / 2]
        self.cos = torch.empty(0)  # [capacity, head_dim]
        self.sin = torch.empty(0)
        self.embedding = torch.empty(0)  # [vocabulary, hidden], in the checkpoint's type
        self.final_norm = torch.empty(0)
        self.head = torch.empty(0)  # [vocabulary, hidden]
        self.head_bias = torch.empty(0)

    @torch.jit.export
    def configure(
        self, heads: int, kv_heads: int, head_dim: int, epsilon: float, dtype: str, threads: int
    ) -> None:
        """dtype: fp32; fp16 = weights packed for fbgemm with arithmetic in fp32, CPU only; bf16.

        threads: the CPU cores of one step. A product of fbgemm uses one core, so packed rows are split among the cores.
        Other operators then work best with one thread too.
        """
        self.heads = heads
        self.kv_heads = kv_heads
        self.head_dim = head_dim
        self.epsilon = epsilon
        self.packed = dtype == "fp16"
        self.cores = threads if self.packed else 1
        self.compute = torch.bfloat16 if dtype == "bf16" else torch.float32

    @torch.jit.export
    def rotary(self, kind: str, theta: float, factor: float, low: float, high: float, trained: float) -> None:
        """Rotary frequencies. kind: default, linear (factor) or llama3 (all of the parameters)."""
        exponents = torch.arange(0, self.head_dim, 2, dtype=torch.int64).to(torch.float32) / self.head_dim
        frequencies = 1.0 / torch.pow(theta, exponents)
        if kind == "linear":
            frequencies = frequencies / factor
        elif kind == "llama3":
            wavelengths = 2 * math.pi / frequencies
            smooth = (trained / wavelengths - low) / (high - low)
            blended = (1 - smooth) * frequencies / factor + smooth * frequencies
            scaled = torch.where(wavelengths > trained / low, frequencies / factor, blended)
            frequencies = torch.where(wavelengths < trained / high, frequencies, scaled)
        self.frequencies = frequencies

    @torch.jit.export
    def put(self, name: str, rows: Tensor, bfloat16: bool) -> None:
        """Copies a weight or its next rows. bfloat16: `rows` has the type float16, but its bits are bfloat16."""
        part = torch.view_copy(rows, dtype=torch.bfloat16) if bfloat16 else rows.clone()
        if name in self.pending:
            part = torch.cat([self.pending[name], part])
        self.pending[name] = part

    @torch.jit.export
    def add_layer(self, index: int) -> None:
        """Fuses and packs the weights that were put for this layer."""
        layer = "model.layers." + str(index) + "."
        attention = layer + "self_attn."
        qkv = [attention + "q_proj", attention + "k_proj", attention + "v_proj"]
        gate_up = [layer + "mlp.gate_proj", layer + "mlp.up_proj"]
        self.attention_norm.append(self.vector(layer + "input_layernorm.weight"))
        self.qkv_bias.append(self.biases(qkv))
        self.qkv.append(self.matrix(qkv))
        self.query_norm.append(self.vector(attention + "q_norm.weight"))
        self.key_norm.append(self.vector(attention + "k_norm.weight"))
        self.output_bias.append(self.biases([attention + "o_proj"]))
        self.output.append(self.matrix([attention + "o_proj"]))
        self.mlp_norm.append(self.vector(layer + "post_attention_layernorm.weight"))
        self.gate_up_bias.append(self.biases(gate_up))
        self.gate_up.append(self.matrix(gate_up))
        self.down_bias.append(self.biases([layer + "mlp.down_proj"]))
        self.down.append(self.matrix([layer + "mlp.down_proj"]))

    @torch.jit.export
    def finish(self, headed: bool) -> None:
        """Takes the embedding, the final norm and, if `headed`, the output head. Without weights for it, it is the embedding."""
        self.embedding = self.pending["model.embed_tokens.weight"]
        self.final_norm = self.vector("model.norm.weight")
        if headed:
            if "lm_head.weight" not in self.pending:
                self.pending["lm_head.weight"] = self.embedding
            self.head_bias = self.biases(["lm_head"])
            self.head = self.matrix(["lm_head"])
        self.pending.clear()

    @torch.jit.export
    def attach(self, keys: List[Tensor], values: List[Tensor]) -> None:
        """Takes the uninitialised cache. The caller allocates it, because the graph optimizer may merge equal allocations."""
        self.keys = [cache.to(self.compute) for cache in keys]
        self.values = [cache.to(self.compute) for cache in values]
        self.zeroed = [0 for _ in range(keys[0].size(0))]
        device = keys[0].device
        positions = torch.arange(keys[0].size(2), dtype=torch.float32)
        angles = torch.outer(positions, self.frequencies)
        angles = torch.cat([angles, angles], dim=-1)
        self.cos = angles.cos().to(device, self.compute)
        self.sin = angles.sin().to(device, self.compute)

    @torch.jit.export
    def step(self, tokens: List[int], positions: List[int], slots: List[int], whole: bool) -> Tensor:
        """Runs one chunk of `width` tokens per row and writes their keys and values.

        tokens, positions: [rows * width], row by row; slots: [rows], all different.
        Returns the logits of each row's last token, [rows, vocabulary] fp32; of each token, if `whole`.
        """
        span = min((max(positions) + 32) // 32 * 32, self.keys[0].size(2))
        self.zero(slots, span)

        rows = len(slots)
        width = len(tokens) // rows
        # With fewer than four tokens per part, reading the weights dominates.
        parts = max(1, min(self.cores, rows, rows * width // 4))
        cores = self.cores // parts
        ends = [rows * (i + 1) // parts for i in range(parts)]
        others: List[torch.jit.Future[Tensor]] = []
        for i in range(1, parts):
            a, b = ends[i - 1], ends[i]
            others.append(
                torch.jit.fork(
                    self.part,
                    tokens[a * width : b * width],
                    positions[a * width : b * width],
                    slots[a:b],
                    span,
                    cores,
                    whole,
                )
            )
        b = ends[0]
        first = self.part(tokens[: b * width], positions[: b * width], slots[:b], span, cores, whole)
        return joined(first, others)

    def part(self, tokens: List[int], positions: List[int], slots: List[int], span: int, cores: int, whole: bool) -> Tensor:
        """Runs `step` for some of its rows on `cores` cores."""
        rows = len(slots)
        width = len(tokens) // rows
        device = self.embedding.device
        at = torch.tensor(positions, device=device)
        slot = torch.tensor(slots, device=device)
        adjacent = slots[-1] - slots[0] == rows - 1
        for i in range(1, rows):
            adjacent = adjacent and slots[i] == slots[i - 1] + 1
        visible = torch.arange(span, device=device).view(1, 1, 1, span) <= at.view(rows, 1, width, 1)
        group = self.heads // self.kv_heads
        mask = visible.unsqueeze(2).expand(rows, 1, group, width, span).reshape(rows, 1, group * width, span)
        cos = self.cos[at].unsqueeze(1)
        sin = self.sin[at].unsqueeze(1)
        cell = slot.repeat_interleave(width)

        x = torch.embedding(self.embedding, torch.tensor(tokens, device=device)).to(self.compute)
        for i in range(len(self.qkv)):
            normed = self.norm(x, self.attention_norm[i])
            qkv = self.linear(normed, self.qkv[i], self.qkv_bias[i], cores).view(rows * width, -1, self.head_dim)
            qk = self.normed_heads(qkv, i)
            qk = qk * cos + self.turned(qk) * sin
            self.keys[i][cell, :, at] = qk[:, self.heads :]
            self.values[i][cell, :, at] = qkv[:, self.heads + self.kv_heads :]
            if adjacent:
                keys = self.keys[i][slots[0] : slots[0] + rows, :, :span]
                values = self.values[i][slots[0] : slots[0] + rows, :, :span]
            else:
                keys = self.keys[i][:, :, :span].index_select(0, slot)
                values = self.values[i][:, :, :span].index_select(0, slot)
            # Heads that share a key become additional queries of it, so keys are not repeated.
            query = qk[:, : self.heads].view(rows, width, self.kv_heads, group, self.head_dim)
            query = query.permute(0, 2, 3, 1, 4).reshape(rows, self.kv_heads, group * width, self.head_dim)
            mixed = torch._C._nn.scaled_dot_product_attention(query, keys, values, attn_mask=mask)
            mixed = mixed.view(rows, self.kv_heads, group, width, self.head_dim)
            mixed = mixed.permute(0, 3, 1, 2, 4).reshape(rows * width, self.heads * self.head_dim)
            x = self.after_attention(x, mixed, i, cores)

        last = self.norm(x if whole else x.view(rows, width, -1)[:, -1], self.final_norm)
        return self.linear(last, self.head, self.head_bias, cores).to(torch.float32)

    @torch.jit.export
    def begin(self, tokens: List[int], lengths: List[int]) -> None:
        """Takes a batch for embeddings. tokens: [rows * width], each row padded at its end; lengths: [rows]."""
        device = self.embedding.device
        self.states = torch.embedding(self.embedding, torch.tensor(tokens, device=device)).to(self.compute)
        self.lengths = lengths
        positions = torch.arange(len(tokens) // len(lengths), dtype=torch.float32)
        angles = torch.outer(positions, self.frequencies)
        angles = torch.cat([angles, angles], dim=-1).repeat(len(lengths), 1).unsqueeze(1)
        self.cos = angles.cos().to(device, self.compute)
        self.sin = angles.sin().to(device, self.compute)

    @torch.jit.export
    def layer(self, index: int) -> None:
        """Runs the layer on the batch. Padding comes last, so no token sees it."""
        rows = len(self.lengths)
        qkv = self.linear(self.norm(self.states, self.attention_norm[index]), self.qkv[index], self.qkv_bias[index], self.cores)
        qkv = qkv.view(qkv.size(0), -1, self.head_dim)
        qk = self.normed_heads(qkv, index)
        qk = qk * self.cos + self.turned(qk) * self.sin
        group = self.heads // self.kv_heads
        query = qk[:, : self.heads].unflatten(0, [rows, -1]).transpose(1, 2)
        keys = qk[:, self.heads :].unflatten(0, [rows, -1]).transpose(1, 2).repeat_interleave(group, 1)
        values = qkv[:, self.heads + self.kv_heads :].unflatten(0, [rows, -1]).transpose(1, 2)
        values = values.repeat_interleave(group, 1)
        mixed = torch._C._nn.scaled_dot_product_attention(query, keys, values, is_causal=True)
        self.states = self.after_attention(self.states, mixed.transpose(1, 2).flatten(2).flatten(0, 1), index, self.cores)

    @torch.jit.export
    def pooled(self, kind: str) -> Tensor:
        """One vector for each row of the batch, [rows, hidden] fp32."""
        states = self.norm(self.states, self.final_norm).unflatten(0, [len(self.lengths), -1])
        self.states = torch.empty(0)
        return pool(states, self.lengths, kind)

    @torch.jit.export
    def copy(self, source: int, target: int, length: int) -> None:
        """Copies the keys and values of a slot's first `length` positions to another slot."""
        for i in range(len(self.keys)):
            self.keys[i][target, :, :length] = self.keys[i][source, :, :length]
            self.values[i][target, :, :length] = self.values[i][source, :, :length]
        self.zeroed[target] = max(self.zeroed[target], length)

    def after_attention(self, x: Tensor, mixed: Tensor, layer: int, cores: int) -> Tensor:
        """The rest of a layer. mixed: what its heads give."""
        x = x + self.linear(mixed, self.output[layer], self.output_bias[layer], cores)
        normed = self.norm(x, self.mlp_norm[layer])
        gate, up = self.linear(normed, self.gate_up[layer], self.gate_up_bias[layer], cores).chunk(2, dim=-1)
        return x + self.linear(torch._C._nn.silu(gate) * up, self.down[layer], self.down_bias[layer], cores)

    def zero(self, slots: List[int], span: int) -> None:
        # Masked positions are multiplied by zero. Uninitialised memory may hold NaN, and zero times NaN is NaN.
        for slot in slots:
            start = self.zeroed[slot]
            if start < span:
                for i in range(len(self.keys)):
                    self.keys[i][slot, :, start:span].zero_()
                    self.values[i][slot, :, start:span].zero_()
                self.zeroed[slot] = span

    def linear(self, x: Tensor, weight: Tensor, bias: Tensor, cores: int) -> Tensor:
        if not self.packed:
            return torch._C._nn.linear(x, weight, bias)
        x = x.contiguous()
        chunks = x.chunk(max(1, min(cores, x.size(0) // 32)))  # with fewer rows, a fork costs more than it saves
        others: List[torch.jit.Future[Tensor]] = []
        for chunk in chunks[1:]:
            others.append(torch.jit.fork(packed_linear, chunk, weight, bias))
        return joined(packed_linear(chunks[0], weight, bias), others)

    def norm(self, x: Tensor, weight: Tensor) -> Tensor:
        wide = x.to(torch.float32)
        wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self.epsilon)
        return weight * wide.to(x.dtype)

    def normed_heads(self, qkv: Tensor, layer: int) -> Tensor:
        queries_and_keys = qkv[:, : self.heads + self.kv_heads]
        if self.query_norm[layer].numel() == 0:
            return queries_and_keys
        queries = self.norm(qkv[:, : self.heads], self.query_norm[layer])
        keys = self.norm(queries_and_keys[:, self.heads :], self.key_norm[layer])
        return torch.cat([queries, keys], dim=1)

    def turned(self, x: Tensor) -> Tensor:
        half = self.head_dim // 2
        return torch.cat([-x[..., half:], x[..., :half]], dim=-1)

    def vector(self, name: str) -> Tensor:
        if name not in self.pending:
            return torch.empty(0)
        return self.pending.pop(name).to(self.compute)

    def biases(self, names: List[str]) -> Tensor:
        # Call it before `matrix`, which removes the weights from `pending`.
        parts: List[Tensor] = []
        for name in names:
            weight = self.pending[name + ".weight"]
            if name + ".bias" in self.pending:
                parts.append(self.pending.pop(name + ".bias").to(self.compute))
            else:
                parts.append(torch.zeros(weight.size(0), device=weight.device, dtype=self.compute))
        return torch.cat(parts)

    def matrix(self, names: List[str]) -> Tensor:
        parts: List[Tensor] = []
        for name in names:
            parts.append(self.pending.pop(name + ".weight").to(self.compute))
        whole = torch.cat(parts) if len(parts) > 1 else parts[0]
        return torch.fbgemm_pack_gemm_matrix_fp16(whole.contiguous()) if self.packed else whole
