"""Decoder of the Llama family as TorchScript: the architecture only. The engine passes the weights at run time.

Call order: `configure`, `rotary`, what the architecture needs of `vary`, `slide` and `mix`, then for each layer `put` its weights and `add_layer`, then `put` the rest and `finish`,
then `attach` the key/value cache. After that, `step` and `copy` any number of times.

Embeddings need no cache. After `finish`, each batch calls `begin`, `layer` for each layer, and `pooled`.

Use only aten operators. Wrappers of torch.nn.functional would be compiled into the archive in the version of the compiling
torch, and another libtorch may refuse to load them.
"""

import math
from typing import Dict, List, Tuple

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
    attention_norm: List[Tensor]  # per layer [hidden], like all norms of a layer; empty if the model has none
    attention_after: List[Tensor]
    qkv: List[Tensor]  # per layer [(heads + 2 * kv_heads) * head_dim, hidden], packed if `packed`
    qkv_bias: List[Tensor]
    query_norm: List[Tensor]  # per layer [head_dim], or [heads * head_dim]; empty if the model has none
    key_norm: List[Tensor]
    output: List[Tensor]  # per layer [hidden, heads * head_dim]
    output_bias: List[Tensor]
    mlp_norm: List[Tensor]
    mlp_after: List[Tensor]
    gate_up: List[Tensor]  # per layer [2 * intermediate, hidden]
    gate_up_bias: List[Tensor]
    down: List[Tensor]  # per layer [hidden, intermediate]
    down_bias: List[Tensor]
    router: List[Tensor]  # per layer [experts, hidden]; empty for a layer without experts
    experts_gate_up: List[List[Tensor]]  # per layer and expert
    experts_down: List[List[Tensor]]
    sliding: List[bool]  # per layer; empty if no layer slides
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
        self.gelu = False
        self.norms_after = False
        self.norm_offset = 0.0
        self.embedding_scale = 1.0
        self.attention_scale = 1.0
        self.residual_scale = 1.0
        self.logits_divisor = 1.0
        self.window = 0
        self.sliding = []
        self.experts_used = 0
        self.experts_normalised = False
        self.pending = {}
        self.attention_norm = []
        self.attention_after = []
        self.qkv = []
        self.qkv_bias = []
        self.query_norm = []
        self.key_norm = []
        self.output = []
        self.output_bias = []
        self.mlp_norm = []
        self.mlp_after = []
        self.gate_up = []
        self.gate_up_bias = []
        self.down = []
        self.down_bias = []
        self.router = []
        self.experts_gate_up = []
        self.experts_down = []
        self.keys = []
        self.values = []
        self.lengths = []
        self.zeroed = []
        self.states = torch.empty(0)  # [rows * width, hidden], of the batch for embeddings
        self.frequencies = torch.empty(0)  # [rotary / 2]; the first `rotary` numbers of a head turn
        self.rotary_scale = 1.0
        self.cos = torch.empty(0)  # [capacity, rotary]
        self.sin = torch.empty(0)
        self.sliding_frequencies = torch.empty(0)  # the same for layers that slide
        self.sliding_cos = torch.empty(0)
        self.sliding_sin = torch.empty(0)
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
        self.attention_scale = 1.0 / math.sqrt(head_dim)

    @torch.jit.export
    def rotary(
        self,
        size: int,
        kind: str,
        theta: float,
        factor: float,
        low: float,
        high: float,
        trained: float,
        divisors: List[float],
        scale: float,
    ) -> None:
        """Rotary frequencies. size: how many numbers of a head turn.

        kind: default, linear (factor), llama3 (factor to trained) or longrope (a divisor for each frequency).
        scale: of sines and cosines.
        """
        frequencies = self.plain_frequencies(size, theta)
        self.rotary_scale = scale
        if kind == "longrope":
            frequencies = frequencies / torch.tensor(divisors, dtype=torch.float32)
        elif kind == "linear":
            frequencies = frequencies / factor
        elif kind == "llama3":
            wavelengths = 2 * math.pi / frequencies
            smooth = (trained / wavelengths - low) / (high - low)
            blended = (1 - smooth) * frequencies / factor + smooth * frequencies
            scaled = torch.where(wavelengths > trained / low, frequencies / factor, blended)
            frequencies = torch.where(wavelengths < trained / high, frequencies, scaled)
        self.frequencies = frequencies

    @torch.jit.export
    def vary(
        self,
        gelu: bool,
        norms_after: bool,
        norm_offset: float,
        embedding_scale: float,
        attention_scale: float,
        residual_scale: float,
        logits_divisor: float,
    ) -> None:
        """Where an architecture differs from Llama's.

        gelu: tanh approximation of GELU instead of SiLU. norms_after: norms of what attention and MLP give.
        norm_offset: added to the weights of norms. attention_scale: of the products of queries and keys.
        """
        self.gelu = gelu
        self.norms_after = norms_after
        self.norm_offset = norm_offset
        self.embedding_scale = embedding_scale
        self.attention_scale = attention_scale
        self.residual_scale = residual_scale
        self.logits_divisor = logits_divisor

    @torch.jit.export
    def slide(self, window: int, theta: float, layers: List[bool]) -> None:
        """A layer that slides sees the last `window` tokens, and has frequencies of its own."""
        self.window = window
        self.sliding = layers
        self.sliding_frequencies = self.plain_frequencies(2 * self.frequencies.size(0), theta)

    @torch.jit.export
    def mix(self, used: int, normalised: bool) -> None:
        """Layers with a router use so many of their experts for a token. normalised: their shares sum to 1."""
        self.experts_used = used
        self.experts_normalised = normalised

    def plain_frequencies(self, size: int, theta: float) -> Tensor:
        exponents = torch.arange(0, size, 2, dtype=torch.int64).to(torch.float32) / size
        return 1.0 / torch.pow(theta, exponents)

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
        if attention + "qkv_proj.weight" in self.pending:
            qkv = [attention + "qkv_proj"]
        self.attention_norm.append(self.scale(layer + "input_layernorm"))
        self.qkv_bias.append(self.biases(qkv))
        self.qkv.append(self.matrix(qkv))
        self.query_norm.append(self.scale(attention + "q_norm"))
        self.key_norm.append(self.scale(attention + "k_norm"))
        self.output_bias.append(self.biases([attention + "o_proj"]))
        self.output.append(self.matrix([attention + "o_proj"]))
        if self.norms_after:
            self.attention_after.append(self.scale(layer + "post_attention_layernorm"))
            self.mlp_norm.append(self.scale(layer + "pre_feedforward_layernorm"))
        else:
            self.attention_after.append(torch.empty(0))
            self.mlp_norm.append(self.scale(layer + "post_attention_layernorm"))
        self.mlp_after.append(self.scale(layer + "post_feedforward_layernorm"))
        if layer + "mlp.gate.weight" in self.pending:
            self.add_experts(layer + "mlp.")
        else:
            self.add_mlp(layer + "mlp.")

    def add_mlp(self, mlp: str) -> None:
        gate_up = [mlp + "gate_proj", mlp + "up_proj"]
        if mlp + "gate_up_proj.weight" in self.pending:
            gate_up = [mlp + "gate_up_proj"]
        self.gate_up_bias.append(self.biases(gate_up))
        self.gate_up.append(self.matrix(gate_up))
        self.down_bias.append(self.biases([mlp + "down_proj"]))
        self.down.append(self.matrix([mlp + "down_proj"]))
        self.router.append(torch.empty(0))
        self.experts_gate_up.append([])
        self.experts_down.append([])

    def add_experts(self, mlp: str) -> None:
        """The experts have no biases, so all of a layer share zeros."""
        self.router.append(self.vector(mlp + "gate.weight"))
        gate_up: List[Tensor] = []
        down: List[Tensor] = []
        first = mlp + "experts.0."
        self.gate_up_bias.append(self.biases([first + "gate_proj", first + "up_proj"]))
        self.down_bias.append(self.biases([first + "down_proj"]))
        for i in range(self.router[-1].size(0)):
            expert = mlp + "experts." + str(i) + "."
            gate_up.append(self.matrix([expert + "gate_proj", expert + "up_proj"]))
            down.append(self.matrix([expert + "down_proj"]))
        self.experts_gate_up.append(gate_up)
        self.experts_down.append(down)
        self.gate_up.append(torch.empty(0))
        self.down.append(torch.empty(0))

    @torch.jit.export
    def finish(self, headed: bool) -> None:
        """Takes the embedding, the final norm and, if `headed`, the output head. Without weights for it, it is the embedding."""
        self.embedding = self.pending["model.embed_tokens.weight"]
        self.final_norm = self.scale("model.norm")
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
        cos, sin = self.turns(keys[0].size(2), self.frequencies, self.rotary_scale, device)
        self.cos = cos
        self.sin = sin
        cos, sin = self.turns(keys[0].size(2), self.sliding_frequencies, 1.0, device)
        self.sliding_cos = cos
        self.sliding_sin = sin

    def turns(self, positions: int, frequencies: Tensor, scale: float, device: torch.device) -> Tuple[Tensor, Tensor]:
        """Cosines and sines for each position and number of a head."""
        angles = torch.outer(torch.arange(positions, dtype=torch.float32), frequencies)
        angles = torch.cat([angles, angles], dim=-1)
        return (angles.cos() * scale).to(device, self.compute), (angles.sin() * scale).to(device, self.compute)

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
        key = torch.arange(span, device=device).view(1, 1, 1, span)
        query_at = at.view(rows, 1, width, 1)
        group = self.heads // self.kv_heads
        whole_mask = self.grouped(key <= query_at, group)
        sliding_mask = whole_mask
        if self.window > 0:
            sliding_mask = self.grouped((key <= query_at) & (key > query_at - self.window), group)
        cell = slot.repeat_interleave(width)

        x = self.embedded(tokens)
        for i in range(len(self.qkv)):
            slides = len(self.sliding) > 0 and self.sliding[i]
            mask = sliding_mask if slides else whole_mask
            cos = (self.sliding_cos if slides else self.cos)[at].unsqueeze(1)
            sin = (self.sliding_sin if slides else self.sin)[at].unsqueeze(1)
            normed = self.norm(x, self.attention_norm[i])
            qkv = self.linear(normed, self.qkv[i], self.qkv_bias[i], cores).view(rows * width, -1, self.head_dim)
            qk = self.turned(self.normed_heads(qkv, i), cos, sin)
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
            mixed = torch._C._nn.scaled_dot_product_attention(
                query, keys, values, attn_mask=mask, scale=self.attention_scale
            )
            mixed = mixed.view(rows, self.kv_heads, group, width, self.head_dim)
            mixed = mixed.permute(0, 3, 1, 2, 4).reshape(rows * width, self.heads * self.head_dim)
            x = self.after_attention(x, mixed, i, cores)

        last = self.norm(x if whole else x.view(rows, width, -1)[:, -1], self.final_norm)
        logits = self.linear(last, self.head, self.head_bias, cores).to(torch.float32)
        return logits if self.logits_divisor == 1.0 else logits / self.logits_divisor

    def grouped(self, visible: Tensor, group: int) -> Tensor:
        """The mask for heads that share a key. visible: [rows, 1, width, span]."""
        rows, _, width, span = visible.shape
        return visible.unsqueeze(2).expand(rows, 1, group, width, span).reshape(rows, 1, group * width, span)

    def embedded(self, tokens: List[int]) -> Tensor:
        x = torch.embedding(self.embedding, torch.tensor(tokens, device=self.embedding.device)).to(self.compute)
        return x if self.embedding_scale == 1.0 else x * self.embedding_scale

    @torch.jit.export
    def begin(self, tokens: List[int], lengths: List[int]) -> None:
        """Takes a batch for embeddings. tokens: [rows * width], each row padded at its end; lengths: [rows]."""
        device = self.embedding.device
        self.states = self.embedded(tokens)
        self.lengths = lengths
        cos, sin = self.turns(len(tokens) // len(lengths), self.frequencies, self.rotary_scale, device)
        self.cos = cos.repeat(len(lengths), 1).unsqueeze(1)
        self.sin = sin.repeat(len(lengths), 1).unsqueeze(1)

    @torch.jit.export
    def layer(self, index: int) -> None:
        """Runs the layer on the batch. Padding comes last, so no token sees it."""
        rows = len(self.lengths)
        qkv = self.linear(self.norm(self.states, self.attention_norm[index]), self.qkv[index], self.qkv_bias[index], self.cores)
        qkv = qkv.view(qkv.size(0), -1, self.head_dim)
        qk = self.turned(self.normed_heads(qkv, index), self.cos, self.sin)
        group = self.heads // self.kv_heads
        query = qk[:, : self.heads].unflatten(0, [rows, -1]).transpose(1, 2)
        keys = qk[:, self.heads :].unflatten(0, [rows, -1]).transpose(1, 2).repeat_interleave(group, 1)
        values = qkv[:, self.heads + self.kv_heads :].unflatten(0, [rows, -1]).transpose(1, 2)
        values = values.repeat_interleave(group, 1)
        mixed = torch._C._nn.scaled_dot_product_attention(
            query, keys, values, is_causal=True, scale=self.attention_scale
        )
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
        given = self.linear(mixed, self.output[layer], self.output_bias[layer], cores)
        x = self.added(x, self.norm(given, self.attention_after[layer]))
        normed = self.norm(x, self.mlp_norm[layer])
        if len(self.experts_down[layer]) > 0:
            given = self.mixture(normed, layer, cores)
        else:
            given = self.gated(normed, self.gate_up[layer], self.down[layer], layer, cores)
        return self.added(x, self.norm(given, self.mlp_after[layer]))

    def added(self, x: Tensor, given: Tensor) -> Tensor:
        return x + (given if self.residual_scale == 1.0 else given * self.residual_scale)

    def gated(self, x: Tensor, gate_up: Tensor, down: Tensor, layer: int, cores: int) -> Tensor:
        gate, up = self.linear(x, gate_up, self.gate_up_bias[layer], cores).chunk(2, dim=-1)
        if self.gelu:
            gate = torch._C._nn.gelu(gate, approximate="tanh")
        else:
            gate = torch._C._nn.silu(gate)
        return self.linear(gate * up, down, self.down_bias[layer], cores)

    def mixture(self, x: Tensor, layer: int, cores: int) -> Tensor:
        """The experts that the router chooses for each token, weighted by their shares."""
        shares = torch.softmax(torch._C._nn.linear(x, self.router[layer]).to(torch.float32), -1)
        share, chosen = torch.topk(shares, self.experts_used, -1)
        if self.experts_normalised:
            share = share / share.sum(-1, keepdim=True)
        share = share.to(x.dtype)
        result = torch.zeros_like(x)
        experts: List[int] = torch.unique(chosen).tolist()
        for expert in experts:
            row, rank = torch.where(chosen == expert)
            given = self.gated(x[row], self.experts_gate_up[layer][expert], self.experts_down[layer][expert], layer, cores)
            result.index_add_(0, row, given * share[row, rank].unsqueeze(1))
        return result

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
        """Root mean square norm. Without weights, x itself."""
        if weight.numel() == 0:
            return x
        wide = x.to(torch.float32)
        wide = wide * torch.rsqrt(wide.pow(2).mean(-1, keepdim=True) + self.epsilon)
        return weight * wide.to(x.dtype)

    def normed_heads(self, qkv: Tensor, layer: int) -> Tensor:
        queries_and_keys = qkv[:, : self.heads + self.kv_heads]
        if self.query_norm[layer].numel() == 0:
            return queries_and_keys
        queries = qkv[:, : self.heads]
        keys = queries_and_keys[:, self.heads :]
        if self.query_norm[layer].numel() == self.head_dim:
            queries = self.norm(queries, self.query_norm[layer])
            keys = self.norm(keys, self.key_norm[layer])
        else:
            queries = self.norm(queries.flatten(1), self.query_norm[layer]).view(queries.shape)
            keys = self.norm(keys.flatten(1), self.key_norm[layer]).view(keys.shape)
        return torch.cat([queries, keys], dim=1)

    def turned(self, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
        """Turns the first numbers of each head, as many as there are cosines."""
        size = cos.size(-1)
        turning = x[..., :size]
        half = size // 2
        turned = turning * cos + torch.cat([-turning[..., half:], turning[..., :half]], dim=-1) * sin
        return turned if size == x.size(-1) else torch.cat([turned, x[..., size:]], dim=-1)

    def scale(self, norm: str) -> Tensor:
        weight = self.vector(norm + ".weight")
        return weight if self.norm_offset == 0.0 else weight + self.norm_offset

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
