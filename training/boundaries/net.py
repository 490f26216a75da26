"""The model: the first layers of MiniLM over its own word pieces."""

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from coachlake.conversations.word_pieces import WordPieces
from coachlake.models.weights import verified_weight

WIDTH, HEADS, INNER = 384, 12, 1536


def minilm_weights() -> dict[str, Tensor]:
    """The weights of all-MiniLM-L6-v2, checked."""
    return {name.removeprefix("bert."): w for name, w in load_file(verified_weight("minilm")).items()}


def vocabulary() -> WordPieces:
    """MiniLM's word pieces."""
    return WordPieces(verified_weight("minilm").with_name("vocab.txt").read_text(encoding="utf-8").splitlines())


class Net(nn.Module):  # type: ignore[misc]
    """Piece numbers (batch × length) into scores of what ends after each piece (batch × length × 3)."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        weights = minilm_weights()
        self.vectors = weights["embeddings.word_embeddings.weight"]  # no parameters: they stay as they are
        self.turned = nn.Linear(WIDTH, WIDTH)
        self.turned.weight.data, self.turned.bias.data = torch.eye(WIDTH), torch.zeros(WIDTH)
        self.places = nn.Embedding(160, WIDTH)
        places = weights["embeddings.position_embeddings.weight"][:160]
        self.places.weight.data = places + weights["embeddings.token_type_embeddings.weight"][0]
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.norm.weight.data = weights["embeddings.LayerNorm.weight"].clone()
        self.norm.bias.data = weights["embeddings.LayerNorm.bias"].clone()
        self.dropout = nn.Dropout(0.1)
        self.layers = nn.ModuleList(_layer(weights, f"encoder.layer.{number}.") for number in range(layers))
        self.out = nn.Linear(WIDTH, 3)

    def forward(self, pieces: Tensor, is_padding: Tensor) -> Tensor:
        """The scores; padding gets some that mean nothing."""
        x = self.turned(self.vectors[pieces]) + self.places.weight[: pieces.shape[1]]
        x = self.dropout(self.norm(x))
        for layer in self.layers:
            x = layer(x, src_key_padding_mask=is_padding)
        found: Tensor = self.out(self.dropout(x))
        return found


def _layer(weights: dict[str, Tensor], prefix: str) -> nn.TransformerEncoderLayer:
    layer = nn.TransformerEncoderLayer(WIDTH, HEADS, INNER, 0.1, _gelu, 1e-12, batch_first=True)
    attention = f"{prefix}attention.self."
    parts = {
        kind: [weights[f"{attention}{n}.{kind}"] for n in ("query", "key", "value")] for kind in ("weight", "bias")
    }
    theirs = {
        "self_attn.out_proj": "attention.output.dense", "norm1": "attention.output.LayerNorm",
        "linear1": "intermediate.dense", "linear2": "output.dense", "norm2": "output.LayerNorm",
    }  # fmt: skip
    state = {f"self_attn.in_proj_{kind}": torch.cat(found) for kind, found in parts.items()}
    state |= {f"{n}.{k}": weights[f"{prefix}{t}.{k}"] for n, t in theirs.items() for k in ("weight", "bias")}
    layer.load_state_dict(state)
    return layer


def _gelu(x: Tensor) -> Tensor:
    """By its tanh form, which numpy has as fast as torch."""
    return nn.functional.gelu(x, approximate="tanh")
