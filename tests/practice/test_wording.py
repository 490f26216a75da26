"""A model that words the replies, played by a real HTTP server that behaves in every way a model may."""

import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from coachlake.language.llm.config import LlmConfig
from coachlake.models.pyannote_compat import prepare_pyannote
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.session import Session
from coachlake.practice.wording.guarded import GuardedWording, load_wording
from coachlake.signals.kit import SignalKit
from tests.practice.reps import play, rep
from tests.practice.test_session import leaks

Answer = Callable[[dict[str, Any]], str]


@contextmanager
def server(answer: Answer) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """An OpenAI-compatible endpoint on this machine; its base URL and every request it got."""
    asked: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            asked.append(request)
            try:
                text = answer(request)
            except RuntimeError:
                self.send_error(500)
                return
            choice = {"index": 0, "finish_reason": "stop", "message": {"role": "assistant", "content": text}}
            reply = {"id": "1", "object": "chat.completion", "created": 0, "model": "m", "choices": [choice]}
            body = json.dumps(reply).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    httpd = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=httpd.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{httpd.server_port}/v1", asked
    finally:
        httpd.shutdown()
        httpd.server_close()
        thread.join()


def draft(request: dict[str, Any]) -> str:
    return str(request["messages"][-1]["content"]).rsplit("Draft of your next words: ", 1)[1]


def wording(kit: SignalKit, url: str, timeout_s: float = 5.0) -> GuardedWording:
    found = load_wording(kit, LlmConfig(url=url, timeout_s=timeout_s))
    assert found is not None
    return found


def session(scenario: Scenario, kit: SignalKit, words: GuardedWording | None) -> Session:
    return play(Session(scenario, 1, kit, "practice-x", words), rep("excellent", scenario.id, 1))


@pytest.fixture
def scenario(scenarios: dict[str, Scenario]) -> Scenario:
    return scenarios["anxious_claimant"]


def test_a_model_in_role_words_the_replies(scenario: Scenario, kit: SignalKit) -> None:
    with server(lambda request: f'Customer: "{draft(request)} You see?"') as (url, asked):
        words = wording(kit, url)
        played = session(scenario, kit, words)
    said = [line.text for line in played.lines if line.speaker == "customer"]
    assert all(text.endswith("You see?") for text in said)
    assert words.refused == []
    assert played.ended_by == "resolved"
    assert len(asked) == len(said)


def test_the_model_never_reads_what_has_not_been_told(scenario: Scenario, kit: SignalKit) -> None:
    with server(draft) as (url, asked):
        session(scenario, kit, wording(kit, url))
    first = json.dumps(asked[0])
    assert "parcel" not in first
    assert "sister" not in first
    assert "parcel" in json.dumps(asked[-1])


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        ("As an AI language model I would be happy to help.", "off role"),
        ("The weather in Lisbon is lovely at this time of the year.", "says something else"),
        ("It was the pan, and the parcel man came to the door.", "tells pan"),
        ("", "empty or too long"),
        ("blah " * 500, "empty or too long"),
    ],
)
def test_a_model_off_role_is_not_heard(answer: str, why: str, scenario: Scenario, kit: SignalKit) -> None:
    plain = session(scenario, kit, None)
    with server(lambda _: answer) as (url, _):
        words = wording(kit, url)
        played = session(scenario, kit, words)
    assert words.refused[0].startswith(why)
    assert [line.text for line in played.lines][:1] == [line.text for line in plain.lines][:1]
    assert leaks(played) == []
    assert played.ended_by == plain.ended_by


def test_a_failing_model_is_left_alone_after_two_tries(scenario: Scenario, kit: SignalKit) -> None:
    def fails(_: dict[str, Any]) -> str:
        raise RuntimeError

    with server(fails) as (url, asked):
        played = session(scenario, kit, wording(kit, url))
    assert len(asked) == 2
    assert played.lines == session(scenario, kit, None).lines


def test_a_slow_model_does_not_hold_the_call(scenario: Scenario, kit: SignalKit) -> None:
    def slow(request: dict[str, Any]) -> str:
        time.sleep(0.6)
        return draft(request)

    with server(slow) as (url, asked):
        played = session(scenario, kit, wording(kit, url, timeout_s=0.1))
    assert len(asked) == 2
    assert played.lines == session(scenario, kit, None).lines


def test_no_server_at_all(scenario: Scenario, kit: SignalKit) -> None:
    played = session(scenario, kit, wording(kit, "http://127.0.0.1:9/v1", timeout_s=0.5))
    assert played.ended_by == "resolved"


def test_a_local_model_that_babbles_is_not_heard(tmp_path: Path, scenario: Scenario, kit: SignalKit) -> None:
    """A real transformers model, untrained: its output is noise and must not reach anybody."""
    from tokenizers import Tokenizer, models, pre_tokenizers

    prepare_pyannote()
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    letters = {character: index for index, character in enumerate("abcdefghijklmnopqrstuvwxyz .,'?![]")}
    tokenizer = Tokenizer(models.WordLevel(letters, unk_token="[]"[:1]))
    tokenizer.pre_tokenizer = pre_tokenizers.Split("", "isolated")
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[").save_pretrained(tmp_path)
    config = GPT2Config(vocab_size=len(letters), n_embd=16, n_layer=1, n_head=2, n_positions=8192)
    GPT2LMHeadModel(config).save_pretrained(tmp_path)
    words = load_wording(kit, LlmConfig(model=str(tmp_path), timeout_s=2.0))
    assert words is not None
    babbled = Session(scenario, 1, kit, "practice-x", words)
    assert words.refused
    assert babbled.lines == Session(scenario, 1, kit, "practice-x").lines
