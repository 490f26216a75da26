"""A judge on a local transformers model: each label is weighed by how likely the model finds it as the answer."""

import numpy as np

from coachlake.language.judge.question import Question
from coachlake.language.types import Moment, Verdict
from coachlake.models.pyannote_compat import prepare_pyannote


class LocalModel:
    """A causal language model from a folder (or a hub name where the hub is allowed). Nothing is generated, so every
    answer is one of the labels and comes with a probability."""

    def __init__(self, path: str) -> None:
        prepare_pyannote()  # transformers imports torchaudio too
        import torch
        from transformers import AutoModelForCausalLM, AutoTokenizer

        self._tokenizer = AutoTokenizer.from_pretrained(path)
        device = "cuda" if torch.cuda.is_available() else "cpu"
        self._model = AutoModelForCausalLM.from_pretrained(path).to(device).eval()
        self.fingerprint = f"local-{path.rstrip('/').rsplit('/', 1)[-1]}"

    def answer(self, question: Question, moment: Moment) -> tuple[Verdict, int]:
        """The verdict and the tokens read."""
        prompt = self._prompt(question, moment)
        scores, tokens = [], 0
        for label in question.labels:
            score, count = self._likelihood(prompt, label)
            scores.append(score)
            tokens += count
        weights = np.exp(np.array(scores) - max(scores))
        shares = weights / weights.sum()
        names = list(question.labels)
        best = int(shares.argmax())
        chances = {name: float(p) for name, p in zip(names, shares, strict=True)}
        return Verdict(names[best], float(shares[best]), chances), tokens

    def _prompt(self, question: Question, moment: Moment) -> str:
        messages = question.messages(moment)
        if getattr(self._tokenizer, "chat_template", None):
            text: str = self._tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True)
            return text
        return "\n\n".join(message["content"] for message in messages) + "\nLabel: "

    def _likelihood(self, prompt: str, label: str) -> tuple[float, int]:
        """Mean log-likelihood a token of the label after the prompt, so that long labels are not at a loss."""
        import torch

        before = self._tokenizer(prompt, return_tensors="pt").input_ids
        answer = self._tokenizer(label, return_tensors="pt", add_special_tokens=False).input_ids
        ids = torch.cat([before, answer], dim=1)[:, -self._window() :].to(self._model.device)
        with torch.no_grad():
            logits = self._model(ids).logits[0, :-1]
        chances = torch.log_softmax(logits.float(), dim=-1)
        size = answer.shape[1]
        said = chances[-size:].gather(1, ids[0, -size:].unsqueeze(1))
        return float(said.mean()), int(ids.shape[1])

    def _window(self) -> int:
        return int(getattr(self._model.config, "max_position_embeddings", 0) or 4096)
