"""What tasks share: models are loaded once, and only where a task asks for them."""

from functools import cached_property

from ray_jobs.conversation import Conversation
from ray_jobs.evidence import ScoreCard
from ray_jobs.scoring import Scorer, build_scorer
from ray_jobs.settings import REPOSITORY
from ray_jobs.signals import SignalKit, extract_signals, load_signal_kit
from ray_jobs.turns import mark_backchannels


class EvaluationKit:
    """The models of one profile, loaded on first use."""

    def __init__(self, profile: str = "embedded") -> None:
        self.profile = profile
        self._scorers: dict[str, Scorer] = {}

    @cached_property
    def signals(self) -> SignalKit:
        """The encoder and heads every text signal uses."""
        return load_signal_kit(self.profile)

    def score(self, conversation: Conversation, rubric_id: str) -> ScoreCard:
        """A conversation's scores under a shipped rubric, by the code that scores calls."""
        if rubric_id not in self._scorers:
            from rubrics.load import load_rubric

            rubric = load_rubric(REPOSITORY / "rubrics" / "shipped" / f"{rubric_id}.yaml")
            self._scorers[rubric_id] = build_scorer(rubric, self.signals)
        marked = mark_backchannels(conversation)
        return self._scorers[rubric_id].score(marked, extract_signals(marked, self.signals))
