"""The stronger judge against a real local server that speaks the chat-completions protocol, and a real local model."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from coachlake.language.judge.choose import strengthen_with
from coachlake.language.judge.question import Question
from coachlake.language.types import Example, Utterance, Verdict
from coachlake.models.pyannote_compat import prepare_pyannote
from coachlake.models.schema import JudgeModel

QUESTION = Question(
    "hedge",
    "Does the rep's sentence weaken an answer?",
    {"undermining": "weakens it", "firm": "does not"},
    (Example("Maybe, I guess.", "undermining"), Example("It ships on Friday.", "firm")),
)


class UnsureHead:
    """An embedded head that is sure of one sentence only."""

    fingerprint = "head"

    def judge(self, utterances: list[Utterance]) -> list[Verdict]:
        return [
            Verdict("firm", 0.95 if "certain" in m.response else 0.6, {"firm": 0.6, "undermining": 0.4})
            for m in utterances
        ]


class Server(ThreadingHTTPServer):
    """Answers `undermining` wherever the moment says "maybe"; remembers every request."""

    requests: list[dict[str, Any]]
    reply: str | None = None
    status = 200


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append({"path": self.path, "key": self.headers["Authorization"], **body})
        said = body["messages"][-1]["content"].rsplit("<moment>", 1)[1]
        label = "undermining" if "maybe" in said else "firm"
        content = self.server.reply or json.dumps({"label": label, "confidence": 0.9})
        message = {"role": "assistant", "content": content}
        choice = {"index": 0, "message": message, "finish_reason": "stop"}
        usage = {"prompt_tokens": 90, "completion_tokens": 10, "total_tokens": 100}
        document = {"id": "1", "object": "chat.completion", "created": 1, "model": body["model"], "choices": [choice]}
        payload = json.dumps(document | {"usage": usage}).encode()
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *_: object) -> None:
        """Quiet."""


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setenv("COACHLAKE_CACHE", str(tmp_path))
    with Server(("127.0.0.1", 0), Handler) as running:
        running.requests = []
        thread = Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def judge_at(server: Server, **options: Any) -> Any:
    url = f"http://127.0.0.1:{server.server_port}/v1"
    environ = {"COACHLAKE_LLM_URL": url, "COACHLAKE_LLM_JUDGE_MODEL": "tiny-judge", "COACHLAKE_LLM_API_KEY": "abc"}
    return strengthen_with(JudgeModel(**options), environ)(QUESTION, UnsureHead())


def test_an_unsure_head_is_overruled_and_a_sure_one_is_not_asked_about(server: Server) -> None:
    verdicts = judge_at(server).judge([Utterance("It is maybe fine."), Utterance("I am certain, maybe.")])
    assert [verdict.label for verdict in verdicts] == ["undermining", "firm"]
    assert verdicts[0].probabilities == {"undermining": 0.9, "firm": pytest.approx(0.1)}
    assert len(server.requests) == 1


def test_the_request_carries_a_strict_schema_and_the_cue_as_speech(server: Server) -> None:
    judge_at(server).judge([Utterance("Maybe on Friday.", "When does it come?")])
    sent = server.requests[0]
    assert (sent["path"], sent["key"], sent["model"]) == ("/v1/chat/completions", "Bearer abc", "tiny-judge")
    schema = sent["response_format"]["json_schema"]
    assert schema["strict"]
    assert schema["schema"]["properties"]["label"]["enum"] == ["undermining", "firm"]
    assert "<customer>When does it come?</customer><said>Maybe on Friday.</said>" in sent["messages"][-1]["content"]


def test_a_moment_is_paid_for_once_even_by_another_process_on_the_same_cache(server: Server) -> None:
    first = judge_at(server).judge([Utterance("It is maybe fine.")])
    again = judge_at(server).judge([Utterance("It is maybe fine.")])
    assert first == again
    assert len(server.requests) == 1


def test_past_the_calls_it_may_make_the_head_decides(server: Server) -> None:
    verdicts = judge_at(server, max_calls=2).judge([Utterance(f"maybe number {n}") for n in range(5)])
    assert [verdict.label for verdict in verdicts] == ["undermining"] * 2 + ["firm"] * 3
    assert len(server.requests) == 2


def test_past_the_tokens_it_may_spend_the_head_decides(server: Server) -> None:
    judge_at(server, max_tokens=150).judge([Utterance(f"maybe number {n}") for n in range(5)])
    assert len(server.requests) == 2  # 100 tokens each: the second call began below the bound


@pytest.mark.parametrize("reply", ["no JSON", '{"label": "excellent", "confidence": 0.9}', '{"label": "firm"}'])
def test_a_reply_out_of_schema_is_no_verdict_and_is_not_kept(server: Server, reply: str) -> None:
    server.reply = reply
    assert judge_at(server).judge([Utterance("maybe")])[0].label == "firm"
    server.reply = None
    assert judge_at(server).judge([Utterance("maybe")])[0].label == "undermining"


def test_a_server_that_keeps_failing_is_left_alone_and_every_moment_still_has_a_verdict(server: Server) -> None:
    server.status = 400
    verdicts = judge_at(server).judge([Utterance(f"maybe number {n}") for n in range(6)])
    assert [verdict.label for verdict in verdicts] == ["firm"] * 6
    assert len(server.requests) == 3


def test_no_judge_configured_gives_the_head_back() -> None:
    head = UnsureHead()
    assert strengthen_with(None)(QUESTION, head) is head


def test_a_profile_whose_variables_are_not_set_says_which() -> None:
    with pytest.raises(ValueError, match="COACHLAKE_LLM_URL and COACHLAKE_LLM_MODEL"):
        strengthen_with(JudgeModel(), {})


@pytest.mark.parametrize("is_in_profile", [True, False])
def test_a_local_transformers_model_weighs_the_labels(
    is_in_profile: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COACHLAKE_CACHE", str(tmp_path / "cache"))
    folder = str(_tiny_model(tmp_path / "tiny", favourite="undermining"))
    profile, environ = (
        (JudgeModel(local=folder), {}) if is_in_profile else (JudgeModel(), {"COACHLAKE_LLM_MODEL": folder})
    )
    judge = strengthen_with(profile, environ)(QUESTION, UnsureHead())
    verdict = judge.judge([Utterance("It is maybe fine.")])[0]
    assert verdict.label == "undermining"
    assert sum(verdict.probabilities.values()) == pytest.approx(1)
    assert verdict.confidence > 0.9
    assert "local-tiny" in judge.fingerprint


def _tiny_model(folder: Path, favourite: str) -> Path:
    """A one-layer GPT-2 over whole words whose output leans to one of them."""
    prepare_pyannote()
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import GPT2Config, GPT2LMHeadModel, PreTrainedTokenizerFast

    words = {"[UNK]": 0, "undermining": 1, "firm": 2}
    tokenizer = Tokenizer(models.WordLevel(words, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]").save_pretrained(folder)
    torch.manual_seed(0)
    config = GPT2Config(vocab_size=3, n_positions=512, n_embd=8, n_layer=1, n_head=1, tie_word_embeddings=False)
    config.bos_token_id = config.eos_token_id = 0
    model = GPT2LMHeadModel(config)
    with torch.no_grad():
        model.transformer.ln_f.weight.zero_()
        model.transformer.ln_f.bias.fill_(1.0)
        model.lm_head.weight.zero_()
        model.lm_head.weight[words[favourite]] = 1.0
    model.save_pretrained(folder)
    return folder
