"""MiniLM (Wang et al. 2020) with a linear head a question, in plain torch; started from the pinned sentence encoder."""

import torch
from torch import Tensor, nn

from coachlake.language.acts.labels import HEADS
from coachlake.models.weights import verified_weight

_WIDTH, _LAYERS, _ATTENTION, _INNER = 384, 6, 12, 1536
_DROPOUT = 0.1


class _Layer(nn.Module):  # type: ignore[misc]
    """A transformer layer as BERT has it. Written out because torch's own fixes the length when it is exported."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.output = (nn.Linear(_WIDTH, _WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(_WIDTH, _INNER), nn.Linear(_INNER, _WIDTH)
        self.norm1, self.norm2 = (nn.LayerNorm(_WIDTH, eps=1e-12) for _ in range(2))
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, x: Tensor, no_token: Tensor) -> Tensor:
        query, key, value = (self._by_head(part(x)) for part in (self.query, self.key, self.value))
        closeness = query @ key.transpose(-1, -2) / (_WIDTH / _ATTENTION) ** 0.5
        shares = self.dropout(closeness.masked_fill(no_token, -1e4).softmax(-1))
        heard = (shares @ value).transpose(1, 2).reshape(x.shape[0], -1, _WIDTH)
        x = self.norm1(x + self.dropout(self.output(heard)))
        return self.norm2(x + self.dropout(self.outer(nn.functional.gelu(self.inner(x)))))

    def _by_head(self, x: Tensor) -> Tensor:
        return x.view(x.shape[0], -1, _ATTENTION, _WIDTH // _ATTENTION).transpose(1, 2)


class Encoder(nn.Module):  # type: ignore[misc]
    """Token vectors of a pair: batch × tokens × 384."""

    def __init__(self) -> None:
        super().__init__()
        self.words, self.places, self.segments = (nn.Embedding(n, _WIDTH) for n in (30522, 512, 2))
        self.norm = nn.LayerNorm(_WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(_DROPOUT)
        self.layers = nn.ModuleList(_Layer() for _ in range(_LAYERS))

    def forward(self, ids: Tensor, segments: Tensor, is_padding: Tensor) -> Tensor:
        """ids, segments: batch × tokens; is_padding: the same, True where there is no token."""
        places = self.places.weight[: ids.shape[1]]
        x = self.dropout(self.norm(self.words(ids) + places + self.segments(segments)))
        no_token = is_padding[:, None, None, :]
        for layer in self.layers:
            x = layer(x, no_token)
        return x


class ActNetwork(nn.Module):  # type: ignore[misc]
    """Heads over the mean of the sentence's tokens beside the pair's first token."""

    def __init__(self) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.dropout = nn.Dropout(_DROPOUT)
        self.heads = nn.ModuleDict({head: nn.Linear(2 * _WIDTH, len(labels)) for head, labels in HEADS.items()})

    def forward(self, ids: Tensor, segments: Tensor, is_padding: Tensor) -> tuple[dict[str, Tensor], Tensor]:
        """Scores (logits) of every head, and the sentence's mean vector (batch × 384)."""
        x = self.encoder(ids, segments, is_padding)
        share = (segments * ~is_padding).unsqueeze(-1).to(x.dtype)
        mean = (x * share).sum(1) / share.sum(1).clamp(min=1)
        pooled = self.dropout(torch.cat([mean, x[:, 0]], 1))
        return {head: layer(pooled) for head, layer in self.heads.items()}, mean


def pretrained() -> ActNetwork:
    """The network with the encoder's pinned weights and untrained heads. Raises WeightsError where they are missing."""
    from safetensors.torch import load_file

    network = ActNetwork()
    weights = load_file(str(verified_weight("minilm")))
    network.encoder.load_state_dict(_renamed({name.removeprefix("bert."): w for name, w in weights.items()}))
    network.encoder.words.weight.requires_grad_(requires_grad=False)  # words the bank lacks keep their place
    return network


def _renamed(weights: dict[str, Tensor]) -> dict[str, Tensor]:
    found: dict[str, Tensor] = {}
    for ours, theirs in (
        ("words.weight", "word_embeddings.weight"),
        ("places.weight", "position_embeddings.weight"),
        ("segments.weight", "token_type_embeddings.weight"),
        ("norm.weight", "LayerNorm.weight"),
        ("norm.bias", "LayerNorm.bias"),
    ):
        found[ours] = weights[f"embeddings.{theirs}"]
    for n in range(_LAYERS):
        found |= {f"layers.{n}.{name}": tensor for name, tensor in _layer(weights, f"encoder.layer.{n}.").items()}
    return found


def _layer(weights: dict[str, Tensor], at: str) -> dict[str, Tensor]:
    names = {
        "query": "attention.self.query",
        "key": "attention.self.key",
        "value": "attention.self.value",
        "output": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "inner": "intermediate.dense",
        "outer": "output.dense",
        "norm2": "output.LayerNorm",
    }
    return {f"{us}.{kind}": weights[f"{at}{them}.{kind}"] for us, them in names.items() for kind in ("weight", "bias")}
