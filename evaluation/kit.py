"""What tasks share: models are loaded once, and only where a task asks for them."""

import logging
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from coachlake.conversations.conversation import Conversation
from coachlake.conversations.dialogue import Dialogue, dialogue_of
from coachlake.rubrics.schema import Criterion
from coachlake.scoring.evidence import ScoreCard
from coachlake.scoring.scorer import Scorer, build_scorer
from coachlake.settings import REPOSITORY
from coachlake.signals.extract import extract_signals
from coachlake.signals.kit import SignalKit, load_signal_kit
from coachlake.signals.signal import Signal

if TYPE_CHECKING:
    from coachlake.speech.diarizer import Diarizer
    from coachlake.speech.transcriber import Transcriber
    from coachlake.speech.voice import PitchTracker

_log = logging.getLogger(__name__)
_RUBRICS = (REPOSITORY / "rubrics", Path(__file__).with_name("rubrics"))


class EvaluationKit:
    """The models of one profile, loaded on first use."""

    def __init__(self, profile: str = "embedded") -> None:
        self.profile = profile
        self._scorers: dict[str, Scorer] = {}
        self._extracted: dict[str, tuple[Dialogue, list[Signal]]] = {}

    @cached_property
    def signals(self) -> SignalKit:
        """The encoder and heads every text signal uses."""
        return load_signal_kit(self.profile)

    def signals_of(self, conversation: Conversation) -> tuple[Dialogue, list[Signal]]:
        """The view of a conversation, and its signals; extracted once a conversation."""
        if conversation.call_id not in self._extracted:
            dialogue = dialogue_of(conversation)
            self._extracted[conversation.call_id] = (dialogue, extract_signals(dialogue, self.signals))
        return self._extracted[conversation.call_id]

    @cached_property
    def transcriber(self) -> "Transcriber":
        """The speech models, as the pipeline uses them."""
        from coachlake.speech.transcriber import Transcriber

        return Transcriber(self.profile)

    @cached_property
    def diarizer(self) -> "Diarizer":
        """The mono diarizer by itself."""
        from coachlake.models.profiles import load_profile
        from coachlake.speech.diarizer import Diarizer

        return Diarizer(load_profile(self.profile))

    @cached_property
    def pitch(self) -> "PitchTracker":
        """The pitch tracker by itself, as the transcriber uses it."""
        from coachlake.models.profiles import load_profile
        from coachlake.speech.voice import PitchTracker

        return PitchTracker(load_profile(self.profile).pitch)

    def try_score(self, conversation: Conversation, rubric_id: str) -> ScoreCard | None:
        """As `score`; None for a conversation the product fails on: it is logged, and a task counts it and goes on."""
        try:
            return self.score(conversation, rubric_id)
        except Exception:
            _log.exception("%s could not be scored", conversation.call_id)
            return None

    def score(self, conversation: Conversation, rubric_id: str) -> ScoreCard:
        """A conversation's scores under a shipped rubric or the evaluation's own, by the code that scores calls."""
        return self.scorer(rubric_id).score(*self.signals_of(conversation))

    def criterion(self, rubric_id: str, criterion_id: str) -> Criterion:
        """A criterion of such a rubric. Raises StopIteration where the rubric has none of that name."""
        return next(one for one in self.scorer(rubric_id).rubric.criteria if one.id == criterion_id)

    def scorer(self, rubric_id: str) -> Scorer:
        """The scorer of such a rubric, built once."""
        if rubric_id not in self._scorers:
            from coachlake.rubrics.load import load_rubric

            file = next(folder / f"{rubric_id}.yaml" for folder in _RUBRICS if (folder / f"{rubric_id}.yaml").exists())
            self._scorers[rubric_id] = build_scorer(load_rubric(file), self.signals)
        return self._scorers[rubric_id]
