"""Vendors' JSON as models; what does not fit is told in words, with its place."""

from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic.alias_generators import to_camel, to_pascal

from coachlake.conversations.transcript import UnreadableTranscriptError


class Part(BaseModel):
    """A part of a vendor's document with names as in Python; unknown fields are left out."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class CamelPart(BaseModel):
    """A part whose names are written `likeThis`."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, alias_generator=to_camel)


class PascalPart(BaseModel):
    """A part whose names are written `LikeThis`."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True, alias_generator=to_pascal)


_Model = TypeVar("_Model", bound=BaseModel)
_KINDS = {"string": "a text", "float": "a number", "int": "a whole number", "list": "a list", "bool": "true or false"}


def parsed(model: type[_Model], document: Any, name: str) -> _Model:
    """A document as `model`.

    Raises UnreadableTranscriptError naming the format and the first field that is missing or of the wrong kind, by
    its path ("turns.0.text": the first turn's text).
    """
    try:
        return model.model_validate(document)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        path = ".".join(str(part) for part in first["loc"]) or "the document"
        raise UnreadableTranscriptError(f"{name}: {path} {_said(first['type'], first.get('ctx'))}") from error


def _said(kind: str, context: Any) -> str:
    if kind == "missing":
        return "is missing"
    if kind == "literal_error":
        return f"must be {context['expected']}"
    wanted = next((words for prefix, words in _KINDS.items() if kind.startswith(prefix)), "a group of fields")
    return f"should be {wanted}"


def has_list(document: Any, key: str, *item_keys: str) -> bool:
    """Whether a parsed JSON document is an object whose `key` is a list of objects with all of `item_keys`.

    One object that lacks a key is a broken transcript of this format, not another format: the first few decide.
    """
    items = document.get(key) if isinstance(document, dict) else None
    if not isinstance(items, list) or not items:
        return False
    return any(isinstance(item, dict) and all(name in item for name in item_keys) for item in items[:5])
