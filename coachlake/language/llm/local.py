"""A transformers model in this process."""

from functools import cache
from typing import Any

from coachlake.language.llm.client import Completion, Message


class LocalClient:
    """A causal language model from a folder, loaded when first asked; an LlmClient.

    `may_download`: `model` may be a hub name, where the hub is allowed. `timeout_s`: generation stops there, and what
    is written by then is the answer.
    """

    def __init__(self, model: str, timeout_s: float | None = None, *, may_download: bool = False) -> None:
        self._model, self._timeout_s, self._may_download = model, timeout_s, may_download
        self.fingerprint = f"local-{model.rstrip('/').rsplit('/', 1)[-1]}"

    def load(self) -> tuple[Any, Any]:
        """Tokenizer and model, loaded once a process. Raises OSError where there is no such model."""
        return _loaded(self._model, self._may_download)

    def complete(
        self,
        messages: list[Message],
        *,
        max_tokens: int,
        temperature: float,
        schema: dict[str, Any] | None = None,  # nothing holds a local model to one: see `likelihoods`
        lead: str = "",
    ) -> Completion:
        """See LlmClient; sampled where `temperature` is above 0."""
        tokenizer, model = self.load()
        tokens = tokenizer(_prompt(tokenizer, messages, lead), return_tensors="pt").to(model.device)
        sampling = {"do_sample": True, "temperature": temperature} if temperature > 0 else {"do_sample": False}
        made = model.generate(**tokens, max_new_tokens=max_tokens, max_time=self._timeout_s, **sampling)
        text = tokenizer.decode(made[0, tokens["input_ids"].shape[1] :], skip_special_tokens=True)
        return Completion(str(text), int(made.shape[1]))

    def likelihoods(self, messages: list[Message], answers: list[str], lead: str = "") -> tuple[list[float], int]:
        """Mean log-likelihood a token of each answer after the chat, so that long answers are not at a loss; and the
        tokens read. Nothing is generated."""
        prompt = _prompt(self.load()[0], messages, lead)
        found = [self._likelihood(prompt, answer) for answer in answers]
        return [score for score, _ in found], sum(tokens for _, tokens in found)

    def _likelihood(self, prompt: str, answer: str) -> tuple[float, int]:
        import torch

        tokenizer, model = self.load()
        before = tokenizer(prompt, return_tensors="pt").input_ids
        after = tokenizer(answer, return_tensors="pt", add_special_tokens=False).input_ids
        window = int(getattr(model.config, "max_position_embeddings", 0) or 4096)
        ids = torch.cat([before, after], dim=1)[:, -window:].to(model.device)
        with torch.no_grad():
            logits = model(ids).logits[0, :-1]
        size = after.shape[1]
        chances = torch.log_softmax(logits.float(), dim=-1)[-size:]
        return float(chances.gather(1, ids[0, -size:].unsqueeze(1)).mean()), int(ids.shape[1])


def _prompt(tokenizer: Any, messages: list[Message], lead: str) -> str:
    if getattr(tokenizer, "chat_template", None):
        return str(tokenizer.apply_chat_template(messages, tokenize=False, add_generation_prompt=True))
    return "\n\n".join(message["content"] for message in messages) + lead


@cache
def _loaded(name: str, may_download: bool) -> tuple[Any, Any]:
    from coachlake.models.pyannote_compat import prepare_pyannote

    prepare_pyannote()  # transformers imports torchaudio too
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    device = "cuda" if torch.cuda.is_available() else "cpu"
    tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=not may_download)
    model = AutoModelForCausalLM.from_pretrained(name, local_files_only=not may_download)
    return tokenizer, model.to(device).eval()
