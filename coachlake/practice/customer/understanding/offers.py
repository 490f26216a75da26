"""What the rep offers, what it is about, and whether it runs into a rejection or would work."""

from collections.abc import Mapping, Sequence

from coachlake.language.acts.model import Acts
from coachlake.language.types import Utterance
from coachlake.practice.customer.acts import Adaptation, Offer
from coachlake.practice.customer.understanding.patterns import CLAUSES, RULES_OUT, STEP
from coachlake.practice.customer.understanding.questions import puts_forward
from coachlake.practice.customer.understanding.rep_turn import RepTurn
from coachlake.practice.customer.understanding.scenario_vectors import ScenarioVectors
from coachlake.practice.scenarios.keywords import keywords_in
from coachlake.practice.scenarios.schema import Scenario
from coachlake.signals.adaptability import PROPOSED_FROM
from coachlake.signals.kit import SignalKit

# An offer concerns an issue from this close (cosine).
_CONCERNS_FROM = 0.25
# How likely a solution a question that puts something forward must be; how close to a fix (cosine) and how likely a
# solution, or else an answer to what was asked, what settles an issue.
_PROPOSES_FROM = 0.3
_NEAR_FIX_FROM, _FIX_FROM, _ANSWERS_FROM = 0.5, 0.1, 0.25
# An offer would work from this close to one that does; this close it is that one in other words (cosine).
_FITS_FROM, _IS_IT_FROM, _OTHER_WAY_FROM = 0.5, 0.8, 0.35


class OfferFinder:
    """Finds offers of one scenario."""

    def __init__(self, scenario: Scenario, vectors: ScenarioVectors, kit: SignalKit) -> None:
        self._vectors, self._kit = vectors, kit
        self._rejected_words: Mapping[str, Sequence[str]] = {
            one.id: one.rejected_words for one in scenario.of_kind("rejection")
        }

    def other_ways(self, turn: RepTurn) -> list[str]:
        """After a no: steps somebody is to take, near what would work or as likely a proposal as the signals ask for
        there. They take up the customer's own words, so that a paraphrase is found as often as a solution."""
        if turn.pending not in self._rejected_words:
            return []
        steps = [text for text in turn.sentences if STEP.search(text) and not text.endswith("?")]
        near = self._vectors.nearest(steps, self._vectors.ways_round)
        likely = self._kit.probability("solution", "solution", steps, turn.customer_words(1))
        found = [
            text
            for text, closeness, probability in zip(steps, near, likely, strict=True)
            if closeness >= _OTHER_WAY_FROM or probability >= PROPOSED_FROM
        ]
        return [*found, *(text for text in turn.sentences if puts_forward(text))]

    def offer(self, turn: RepTurn, said: Sequence[str], other_ways: Sequence[str]) -> Offer | None:
        """The turn's offer, if it makes one. `said`: its sentences that neither ask nor give back."""
        offered = list(dict.fromkeys([*self._offered(turn, said), *other_ways]))
        if not offered:
            return None
        rejection, is_fitting = self._weighed(offered, turn.open_issues)
        return Offer(self._issue(offered, turn.open_issues), rejection, is_fitting, _adaptation(turn))

    def _offered(self, turn: RepTurn, said: Sequence[str]) -> list[str]:
        """The signal's solutions, offers put as a question, and answers to what is still open."""
        offered = [quote for quote in turn.quotes("solution") if quote in said]
        likely = self._kit.probability("solution", "solution", said)
        answers = self._kit.acts.judge([Utterance(text, turn.customer_words(1)) for text in said])
        near = self._vectors.nearest(said, self._vectors.solutions(turn.open_issues))
        more = [
            text
            for text, probability, acts, closeness in zip(said, likely, answers, near, strict=True)
            # What the scenario's author calls a fix is one, however a sentence like it is judged elsewhere.
            if closeness >= _IS_IT_FROM
            or (closeness >= _NEAR_FIX_FROM and (probability >= _FIX_FROM or puts_forward(text) or _answers(acts)))
            or (puts_forward(text) and probability >= _PROPOSES_FROM)
        ]
        return [*offered, *(text for text in more if text not in offered)]

    def _weighed(self, offered: Sequence[str], open_issues: Sequence[str]) -> tuple[str | None, bool]:
        """The rejection that what was offered runs into, and whether it is an offer that would work.

        "By courier, and until then your orders ring on your phone": one clause runs into it, the other is a way round.
        """
        clauses = [clause for text in offered for clause in CLAUSES.split(text) if clause.strip()]
        rejected = {clause: self._runs_into(clause) for clause in clauses}
        free = [clause for clause in clauses if rejected[clause] is None]
        ways_round = self._vectors.ways_round
        is_it = max(self._vectors.nearest(offered, ways_round), default=0.0) >= _IS_IT_FROM
        if is_it or max(self._vectors.nearest(free, ways_round), default=0.0) >= _FITS_FROM:
            return None, True
        if found := next(filter(None, rejected.values()), None):
            return found, False
        solutions = self._vectors.solutions(open_issues)
        return None, max(self._vectors.nearest(offered, solutions), default=0.0) >= _FITS_FROM

    def _runs_into(self, clause: str) -> str | None:
        if RULES_OUT.search(clause):
            return None
        return next((name for name, words in self._rejected_words.items() if keywords_in(clause, words)), None)

    def _issue(self, offered: Sequence[str], open_issues: Sequence[str]) -> str | None:
        if not open_issues:
            return None
        said = self._vectors.encode(offered)
        closeness = {name: float((self._vectors.issues[name] @ said.T).max()) for name in open_issues}
        best = max(open_issues, key=closeness.__getitem__)
        if closeness[best] >= _CONCERNS_FROM:
            return best
        # Another way round an obstacle may share no word with the issue itself.
        ways_round = self._vectors.ways_round
        is_way_round = ways_round.size and float((ways_round @ said.T).max()) >= _CONCERNS_FROM
        return open_issues[0] if is_way_round else None


def _answers(acts: Acts) -> bool:
    return acts.chance("answer", "full") >= _ANSWERS_FROM


def _adaptation(turn: RepTurn) -> Adaptation | None:
    label = turn.label("adaptability")
    return "repeated" if label == "repeated" else "changed" if label == "changed" else None
