"""The stage that scores: a transcript becomes signals, scores and evidence under a rubric, staged as rows."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from coachlake.admission.admit import admit
from coachlake.calibration.in_force import Mappings
from coachlake.conversations.known import DIRECTIONS, LAYOUT_OF_CHANNEL, Known, labels_key
from coachlake.conversations.transcript import Transcript
from coachlake.lake.gate import mended, why_refused
from coachlake.lake.rows import UNKNOWN_REP, Heard, Rows, asked_rows, quarantined_rows, scored_rows, timing_rows
from coachlake.provenance import pipeline_version
from coachlake.rubrics.schema import Rubric
from coachlake.scoring.evidence import Struck
from coachlake.settings import Settings
from coachlake.timings import stopwatch, timed, waited
from ray_jobs.limits import TookTooLongError, within_minutes
from ray_jobs.stage import Stage, load_embeddings, load_timings, load_transcript, save_embeddings, save_scored
from ray_jobs.tries import Tries
from ray_jobs.work import CallWork

_WHOSE_CALL = "the call facts do not say whose call it is: give its row a rep_id and deliver it again"


class ScoreCalls:
    """A Ray actor that keeps the text models and one scorer a rubric. A call that fails becomes a quarantined row."""

    def __init__(
        self,
        settings: Settings,
        rubrics: dict[str, Rubric],
        mappings: Mappings,
        model_fingerprint: str,
        session: str = "",
    ) -> None:
        from coachlake.language.acts.in_force import judge_in_force, judge_version
        from coachlake.scoring.scorer import build_scorer
        from coachlake.signals.kit import load_signal_kit

        self._stage, self._session = Stage(settings.staging), session
        self._limits = settings.limits
        judge = judge_version(judge_in_force(settings.home))
        self._fingerprint = "-".join([model_fingerprint, *([judge[:12]] if judge else [])])
        self._kit = load_signal_kit(settings.model_profile, settings.home)
        self._languages = {name: rubric.language for name, rubric in rubrics.items()}
        self._scorers = {name: build_scorer(rubric, self._kit, mappings.get(name)) for name, rubric in rubrics.items()}

    def __call__(self, row: dict[str, Any]) -> dict[str, Any]:
        """Score one call (see CallWork); its rows are in the stage afterwards, whatever happened."""
        work = CallWork.from_row(row)
        queued = waited("wait_to_judge", work.queued_s)
        heard = work.timings or load_timings(self._stage, work.transcript_key)
        with stopwatch("other_judging") as running:
            rows, work = self._guarded(work)
        judged = [queued, *running.timings()]
        rows |= {"stage_timings": timing_rows(work.facts, [*heard, *judged])}
        key = f"{work.facts.work_key}-retry" if work.is_retryable else work.facts.work_key or ""
        url = save_scored(self._stage, key, rows)
        return replace(work, staged_url=url, timings=[*work.timings, *judged]).to_row()

    def _guarded(self, work: CallWork) -> tuple[Rows, CallWork]:
        if work.reason is None:
            tries = Tries(self._stage, self._session, work.facts.work_key or "")
            why_not = tries.start(datetime.now(UTC))
            try:
                if why_not is None:
                    with within_minutes(self._limits.minutes_a_call):
                        rows = mended(self._scored(work))
                    tries.end()
                    if (problem := why_refused(rows)) is None:
                        return rows, work
                    work = replace(work, reason=f"what was found cannot stand: {problem}")
            except TookTooLongError as error:
                tries.end()
                work = replace(work, reason=str(error))
            except Exception as error:
                tries.fail(datetime.now(UTC))
                why_not = f"unexpected {type(error).__name__}: {error}"
            if why_not is not None:
                work = replace(work, reason=why_not, is_retryable=True)
        # Without a work_key the next run does not take the call for done, so what may pass is tried again.
        facts = replace(work.facts, work_key=None) if work.is_retryable else work.facts
        return quarantined_rows(facts, work.reason or "", pipeline_version()), work

    def _scored(self, work: CallWork) -> Rows:
        from coachlake.conversations.roles import decide_roles

        transcript = load_transcript(self._stage, work.transcript_key)
        with timed("admit"):
            admitted = admit(transcript, self._languages[work.rubric_id], work.rubric_id)
        if admitted.reason is not None:
            return quarantined_rows(work.facts, admitted.reason, pipeline_version())
        told = replace(admitted.transcript, language=admitted.language)
        with timed("decide_roles"):
            roles = decide_roles(told, _known(work, told))
        heard = Heard(told, roles, round(admitted.understood_share, 3))
        if roles.question is not None:
            return asked_rows(work.facts, heard, pipeline_version())
        if work.facts.rep_id == UNKNOWN_REP:
            unknown = replace(heard, roles=replace(roles, question=_WHOSE_CALL))
            return asked_rows(work.facts, unknown, pipeline_version())
        return self._scored_by_rubric(work, heard)

    def _scored_by_rubric(self, work: CallWork, heard: Heard) -> Rows:
        from coachlake.conversations.assemble import conversation_of
        from coachlake.conversations.dialogue import dialogue_of
        from coachlake.signals.extract import extract_signals

        dialogue = dialogue_of(conversation_of(work.facts.call_id, heard.transcript, heard.roles))
        encoder = self._kit.encoder
        kept = load_embeddings(self._stage, work.transcript_key)
        encoder.remember(kept)
        with timed("find_signals"):
            signals = extract_signals(dialogue, self._kit)
        with timed("score"):
            card = self._scorers[work.rubric_id].score(dialogue, signals, [Struck(*moment) for moment in work.struck])
        self._keep_embeddings(work.transcript_key, kept)
        self._kit.acts.forget_all()
        return scored_rows(work.facts, dialogue, signals, card, pipeline_version(), self._fingerprint, heard)

    def _keep_embeddings(self, key: str, kept: dict[str, Any]) -> None:
        computed = self._kit.encoder.forget_all()
        if computed.keys() - kept.keys():
            save_embeddings(self._stage, key, computed)


def _known(work: CallWork, transcript: Transcript) -> Known:
    machines = {participant.label for participant in transcript.participants if participant.role == "system"}
    rule = work.rules.get(labels_key([label for label in transcript.labels if label not in machines]))
    facts = work.facts
    layout, direction = LAYOUT_OF_CHANNEL.get(facts.rep_channel or ""), DIRECTIONS.get(facts.direction or "")
    return Known(facts.rep_name, layout, direction, work.answers, rule)
