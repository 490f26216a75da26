"""Names, quotes and reasons are text wherever the app shows them, and in what it gives to take away."""

import ast
import sys
from collections.abc import Iterator

import pandas as pd
import pyarrow as pa
import pytest
from streamlit.testing.v1 import AppTest

from coachlake.app.serving import Serving
from coachlake.display.csv import csv_of
from coachlake.display.formatting import plain
from coachlake.lake.connection import lake
from coachlake.lake.publish import publish
from coachlake.settings import REPOSITORY, load_settings

_APP = REPOSITORY / "coachlake" / "app"
# Widgets whose first argument Streamlit renders as Markdown.
_MARKDOWN = {
    "button", "caption", "checkbox", "date_input", "download_button", "error", "expander", "form_submit_button",
    "header", "info", "markdown", "metric", "number_input", "page_link", "popover", "radio", "selectbox", "subheader",
    "success", "text_area", "text_input", "title", "toast", "toggle", "warning", "write",
}  # fmt: skip
_OF_THE_APP = {"day", "plural", "number", "len"}  # what they return holds numbers and words of ours
_HOSTILE = "O'Hare <img src=x onerror=alert(1)> ![t](https://t.example/p.png) **b** $x$ :red[y] [z](https://z.example)"


def _labels() -> Iterator[tuple[str, ast.expr]]:
    for file in sorted(_APP.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in _MARKDOWN:
                given = [*node.args[:1], *(k.value for k in node.keywords if k.arg in ("label", "body"))]
                yield from ((f"{file.relative_to(_APP)}:{node.lineno}", value) for value in given)


def _is_text(value: ast.expr) -> bool:
    match value:
        case ast.Constant():
            return True
        case ast.Call(func=ast.Name(id=name)):
            return name == "plain" or name in _OF_THE_APP
        case ast.JoinedStr(values=parts):
            return all(_is_text(part.value if isinstance(part, ast.FormattedValue) else part) for part in parts)
        case ast.Name(id=name):
            return name in ("label", "title")  # of links.py and of constants, which pass it on
        case ast.Subscript(value=ast.Name(id="PAGES")):
            return True
        case _:
            return False


def test_no_label_is_markdown_from_outside() -> None:
    found = [f"{place}: {ast.unparse(value)}" for place, value in _labels() if not _is_text(value)]
    assert not found, "wrap it in coachlake.display.formatting.plain:\n" + "\n".join(found)


def test_plain_text_keeps_every_sign_and_gives_none_a_meaning() -> None:
    escaped = plain(_HOSTILE)
    assert escaped.replace("\\", "") == _HOSTILE
    assert all(escaped[at - 1] == "\\" for at, sign in enumerate(escaped) if sign in "![]()<>*$:`_#@.")


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1+cmd", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_cell_of_a_download_is_a_formula(text: str) -> None:
    frame = pd.DataFrame({"name": [text, "Ana"], text: ["x", None], "score": [-1.5, 2.0]})
    lines = csv_of(frame).decode().split("\n")
    assert lines[1].strip('"').startswith("'")
    assert lines[0].split(",")[1].strip('"').startswith("'")
    assert lines[1].endswith(",-1.5"), "a number stays one"
    assert lines[2] == "Ana,,2.0"


def _outcomes_page() -> None:
    from coachlake.app.views import outcomes

    outcomes.render()


def test_a_queue_may_be_called_anything(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACHLAKE_HOME", str(tmp_path))
    monkeypatch.setattr("coachlake.app.serving._decided", [Serving(is_sign_in=False)])
    settings = load_settings()
    planted = settings.home / "planted.csv"
    queues = ["O'Hare", f"zz'; COPY (SELECT 1) TO '{planted}'; --", _HOSTILE]
    rows = [
        {
            "rubric_id": "line", "criterion_id": "empathy", "criterion_name": "Empathy <b>", "outcome": "csat",
            "scope": "queue", "queue": queue, "method": "spearman", "n": 40, "n_reps": 4, "r": 0.4, "r_low": 0.1,
            "r_high": 0.6, "p": 0.01, "q": 0.02, "minimum_detectable_r": 0.3, "adjusted_effect": None,
            "adjusted_low": None, "adjusted_high": None, "adjusted_p": None, "adjusted_q": None, "reason_code": None,
            "adjusted_reason_code": None,
        }
        for queue in queues
    ]  # fmt: skip
    table = pa.Table.from_pylist(rows)
    numbers = [name for name in table.column_names if name.startswith("adjusted_") and name[9:] != "reason_code"]
    for name in numbers:
        table = table.set_column(table.column_names.index(name), name, table[name].cast(pa.float64()))
    with lake(settings) as connection:
        connection.register("rows", table)
        connection.execute("CREATE SCHEMA lake.marts; CREATE TABLE lake.marts.outcome_correlations AS FROM rows")
    publish(settings, ["outcome_correlations"])
    # Streamlit puts its script in the place of `__main__`, from which processes are started afterwards.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    page = AppTest.from_function(_outcomes_page, default_timeout=60).run()
    shown = page.selectbox(key="choose_queue")
    for queue in sorted(queues):
        page = shown.set_value(queue).run()
        assert not page.exception
        shown = page.selectbox(key="choose_queue")
        told = " ".join(str(element.proto.body) for element in page.get("html"))
        assert "Empathy &lt;b&gt;" in told
        assert "Empathy <b>" not in told
    assert not planted.exists()
