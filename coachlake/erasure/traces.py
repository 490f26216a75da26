"""How somebody shows in a text: by ids and by what was said. One matcher for what is erased and for the check after."""

import html
import json
import re
import sqlite3
from collections.abc import Sequence
from functools import cached_property
from typing import Any

ERASED = "[erased]"
# Shorter ids, and those of digits alone, are anybody's number: they count between quotes or as the whole value.
_TELLING_ID = 4


class Traces:
    """Finds and replaces ids (`call-1` is not in `call-10`) and texts, as they are and as JSON and HTML write them."""

    def __init__(self, ids: Sequence[str], said: Sequence[str]) -> None:
        """`ids`: of calls and of a rep. `said`: texts long enough to be theirs alone."""
        self.ids = tuple(one for one in ids if one)
        self.said = tuple(text for text in said if text)

    def are_in(self, content: str | bytes) -> bool:
        """Whether one of them stands in a text, or in a file's bytes."""
        return any(test(content) for test in (self._by_text, self._by_id))

    def without(self, text: str) -> str:
        """The text with `[erased]` in the place of each."""
        for form in self._texts:
            text = text.replace(form, ERASED)
        for form, pattern in self._patterns:
            if form in text:
                text = pattern.sub(ERASED, text)
        return text

    def _by_text(self, content: str | bytes) -> bool:
        if isinstance(content, str):
            return any(form in content for form in self._texts)
        return any(form in content for form in self._encoded)

    def _by_id(self, content: str | bytes) -> bool:
        if isinstance(content, bytes):
            content = content.decode("utf-8", "replace") if any(i.encode() in content for i in self._id_forms) else ""
        return any(form in content and bool(pattern.search(content)) for form, pattern in self._patterns)

    @cached_property
    def _texts(self) -> list[str]:
        return sorted({form for text in self.said for form in _forms(text)}, key=len, reverse=True)

    @cached_property
    def _encoded(self) -> list[bytes]:
        return [form.encode() for form in self._texts]

    @cached_property
    def _id_forms(self) -> list[str]:
        return [form for form, _ in self._patterns]

    @cached_property
    def _patterns(self) -> list[tuple[str, re.Pattern[str]]]:
        forms = {(form, _is_telling(one)) for one in self.ids for form in _forms(one)}
        return [(form, _pattern(form, is_telling)) for form, is_telling in sorted(forms, key=_longest_first)]


def _is_telling(one: str) -> bool:
    return len(one) >= _TELLING_ID and not one.isdecimal()


def _longest_first(form: tuple[str, bool]) -> tuple[int, str]:
    return -len(form[0]), form[0]


def _pattern(form: str, is_telling: bool) -> re.Pattern[str]:
    if is_telling:  # a line break in JSON is a letter: \n
        return re.compile(rf"(?:(?<![^\W_])|(?<=\\[nrt])){re.escape(form)}(?![^\W_])")
    return re.compile(rf"(?:(?<=[\"'>])|\A){re.escape(form)}(?=\\?[\"'<]|\Z)")


def _forms(text: str) -> set[str]:
    """As it is, and as JSON, HTML and Python write it."""
    return {
        text,
        json.dumps(text)[1:-1],
        json.dumps(text, ensure_ascii=False)[1:-1],
        html.escape(text),
        repr(text)[1:-1],
    }


def teach(records: sqlite3.Connection, traces: Traces) -> None:
    """Two functions for statements on a SQLite file: `theirs(cell)` and `without_them(cell)`."""

    def without_them(cell: Any) -> Any:
        if isinstance(cell, bytes):
            return traces.without(cell.decode("utf-8", "surrogateescape")).encode("utf-8", "surrogateescape")
        return traces.without(cell)

    records.create_function(
        "theirs", 1, lambda cell: isinstance(cell, str | bytes) and traces.are_in(cell), deterministic=True
    )
    records.create_function("without_them", 1, without_them, deterministic=True)
