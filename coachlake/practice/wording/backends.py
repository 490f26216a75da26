"""Where words come from: an OpenAI-compatible endpoint, or a transformers model in this process."""

from functools import cache
from typing import Any

from coachlake.practice.wording.config import WordingConfig
from coachlake.practice.wording.guarded import Complete
from coachlake.practice.wording.prompt import Message

_MOST_TOKENS = 120


def endpoint(config: WordingConfig) -> Complete:
    """Completions from `config.url`. A call raises where the endpoint fails or takes longer than the time limit."""
    from openai import OpenAI

    client = OpenAI(base_url=config.url, api_key=config.api_key, timeout=config.timeout_s, max_retries=0)

    def complete(asked: list[Message]) -> str:
        chat: Any = asked  # plain dictionaries, as every compatible server takes them
        answer = client.chat.completions.create(
            model=config.model, messages=chat, max_tokens=_MOST_TOKENS, temperature=0.8
        )
        return str(answer.choices[0].message.content or "")

    return complete


def local_model(config: WordingConfig) -> Complete:
    """Completions from a model folder. Generation stops at the time limit; what is there by then is judged."""

    def complete(asked: list[Message]) -> str:
        tokenizer, model = _loaded(config.model)
        if tokenizer.chat_template:
            text = tokenizer.apply_chat_template(asked, tokenize=False, add_generation_prompt=True)
        else:
            text = "\n\n".join(message["content"] for message in asked) + "\n\nCustomer:"
        tokens = tokenizer(text, return_tensors="pt")
        made = model.generate(
            **tokens, max_new_tokens=_MOST_TOKENS, max_time=config.timeout_s, do_sample=True, temperature=0.8
        )
        return str(tokenizer.decode(made[0, tokens["input_ids"].shape[1] :], skip_special_tokens=True))

    return complete


@cache
def _loaded(folder: str) -> tuple[Any, Any]:
    from coachlake.models.pyannote_compat import prepare_pyannote

    prepare_pyannote()
    from transformers import AutoModelForCausalLM, AutoTokenizer

    return (
        AutoTokenizer.from_pretrained(folder, local_files_only=True),
        AutoModelForCausalLM.from_pretrained(folder, local_files_only=True),
    )
