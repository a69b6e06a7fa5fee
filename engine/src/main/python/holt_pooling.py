"""From the states of a text's tokens to one vector."""

from typing import List

import torch
from torch import Tensor


def pool(states: Tensor, lengths: List[int], kind: str) -> Tensor:
    """Pools each row. kind: mean, max, cls or lasttoken, as sentence-transformers names them.

    states: [rows, width, hidden]; lengths: the tokens of each row, the rest is padding. Returns [rows, hidden] fp32.
    """
    rows: List[Tensor] = []
    for i in range(len(lengths)):
        own = states[i, : lengths[i]].to(torch.float32)
        if kind == "cls":
            rows.append(own[0])
        elif kind == "lasttoken":
            rows.append(own[-1])
        elif kind == "max":
            rows.append(own.amax(0))
        else:
            rows.append(own.mean(0))
    return torch.stack(rows)
