"""The second stage of the cleaner's model: a small residual convolution over the blocks of a page, trained with torch.

Depthwise convolutions with growing dilation look about forty blocks up and down (after Bai, Kolter, Koltun 2018, "An
Empirical Evaluation of Generic Convolutional and Recurrent Networks for Sequence Modeling"); two attention pools tell
every block about the whole page. `extract.line_model` runs the same with NumPy.
"""

import torch
from torch import Tensor, nn

from extract.line_model import CLIP, DILATIONS, KERNEL, POOLS_AFTER

WIDTH = 32
POOL_HEADS = 4


class Convolution(nn.Module):
    """One residual block: depthwise convolution, norm, two dense layers."""

    def __init__(self, dilation: int, dropout: float) -> None:
        super().__init__()
        self.depthwise = nn.Conv1d(
            WIDTH, WIDTH, KERNEL, padding=dilation * (KERNEL // 2), dilation=dilation, groups=WIDTH
        )
        self.norm = nn.LayerNorm(WIDTH)
        self.widen = nn.Linear(WIDTH, 2 * WIDTH)
        self.narrow = nn.Linear(2 * WIDTH, WIDTH)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return states of the same shape, (pages, blocks, width)."""
        mixed = self.depthwise((states * mask).transpose(1, 2)).transpose(1, 2)
        hidden = torch.relu(self.widen(self.norm(mixed)))
        return states + self.dropout(self.narrow(hidden))


class Pool(nn.Module):
    """Tells every block what the page as a whole is like."""

    def __init__(self) -> None:
        super().__init__()
        self.attention = nn.Linear(WIDTH, POOL_HEADS)
        self.value = nn.Linear(WIDTH, WIDTH)
        self.out = nn.Linear(POOL_HEADS * WIDTH, WIDTH)

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """Return states of the same shape, (pages, blocks, width)."""
        weights = self.attention(states).masked_fill(mask == 0, -1e4).softmax(1)
        pooled = torch.einsum("blk,blw->bkw", weights, self.value(states)).flatten(1)
        return states + self.out(pooled).unsqueeze(1)


class Network(nn.Module):
    """Features of the blocks of pages, shape (pages, blocks, features), to the log-odds of body (pages, blocks)."""

    def __init__(self, mean: Tensor, deviation: Tensor, dropout: float, noise: float) -> None:
        super().__init__()
        self.register_buffer("mean", mean)
        self.register_buffer("deviation", deviation)
        self.noise = noise
        self.enter = nn.Linear(len(mean), WIDTH)
        self.convolutions = nn.ModuleList([Convolution(dilation, dropout) for dilation in DILATIONS])
        self.pools = nn.ModuleList([Pool() for _ in POOLS_AFTER])
        self.norm = nn.LayerNorm(WIDTH)
        self.leave = nn.Linear(WIDTH, 1)
        self.dropout = nn.Dropout(dropout)

    def forward(self, features: Tensor, mask: Tensor) -> Tensor:
        """Return the log-odds of body, shape (pages, blocks); `mask` is 1 where a page has a block."""
        states = ((features - self.mean) / self.deviation).clamp(-CLIP, CLIP)
        if self.training and self.noise:
            states = states + torch.randn_like(states) * self.noise
        states = self.dropout(torch.relu(self.enter(states)))
        pools = iter(self.pools)
        for number, convolution in enumerate(self.convolutions):
            states = convolution(states, mask)
            if number in POOLS_AFTER:
                states = next(pools)(states, mask)
        log_odds: Tensor = self.leave(self.dropout(self.norm(states))).squeeze(-1)
        return log_odds
