"""Muon (Keller Jordan, 2024): momentum whose update of each matrix is made orthogonal by a Newton-Schulz iteration."""

import torch


def orthogonal(matrix):
    """Returns about U V^T of the singular value decomposition of `matrix` [rows, columns].

    Each step multiplies by a polynomial of X X^T, so that the steps can be done on that small square alone.
    """
    tall = matrix.size(0) > matrix.size(1)
    x = matrix.T if tall else matrix
    x = x / (x.norm() + 1e-7)
    gram, product = x @ x.T, None
    for _ in range(5):
        factor = -4.7750 * gram + 2.0315 * gram @ gram
        factor.diagonal().add_(3.4445)
        gram = factor @ gram @ factor
        product = factor if product is None else factor @ product
    x = product @ x
    return x.T if tall else x


class Muon(torch.optim.Optimizer):
    """Kernels of convolutions count as matrices of outputs by all their inputs."""

    def __init__(self, params, lr=0.01, momentum=0.95):
        super().__init__(params, dict(lr=lr, momentum=momentum))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            for p in group["params"]:
                state = self.state[p]
                if "momentum" not in state:
                    state["momentum"] = torch.zeros_like(p)
                state["momentum"].lerp_(p.grad, 1 - group["momentum"])
                update = orthogonal(p.grad.lerp(state["momentum"], group["momentum"]).flatten(1))
                larger = max(1, update.size(0) / update.size(1)) ** 0.5
                p.add_(update.view_as(p), alpha=-group["lr"] * larger)


def optimizers(module, rates, outer):
    """Pairs of optimizer and rate: Muon for the matrices but those whose names hold one of `outer`, AdamW for the rest."""
    inner = [p for n, p in module.named_parameters() if p.ndim >= 2 and not any(word in n for word in outer)]
    chosen = set(map(id, inner))
    others = [p for p in module.parameters() if id(p) not in chosen]
    adam = torch.optim.AdamW(others, betas=(0.9, 0.98), weight_decay=0.0, fused=True)
    return list(zip([Muon(inner), adam], rates))
