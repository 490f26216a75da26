"""Deliveries through landing, transcribing and scoring in this process: what becomes of each call."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from coachlake.landing.facts import CallFactsError
from coachlake.landing.identity import LandedCall
from coachlake.landing.night_folder import read_night
from coachlake.landing.own_folder import land_folder
from coachlake.models.fingerprint import fingerprint
from coachlake.models.profiles import load_profile
from coachlake.rubrics.load import load_rubrics
from coachlake.settings import Settings, load_settings
from evaluation.gauntlet.outcome import Outcome, Status
from ray_jobs.night import People, plan_call
from ray_jobs.score import ScoreCalls
from ray_jobs.transcribe import TranscribeCalls
from ray_jobs.work import CallWork

_STATUS: dict[str, Status] = {"scored": "scored", "asked": "asked", "quarantined": "refused"}


class Pipeline:
    """The stages of a night without Ray and without a lake, their models loaded once. `home`: an empty folder."""

    def __init__(self, home: Path) -> None:
        self._home = home
        settings = load_settings({"COACHLAKE_HOME": str(home)})
        self._rubrics = load_rubrics(settings.rubrics, home / "last_good").rubrics
        self._models = fingerprint(load_profile(settings.model_profile))
        self._transcribe = TranscribeCalls(settings)
        self._score = ScoreCalls(settings, self._rubrics, {}, self._models)

    def outcomes(self, case: Path) -> list[Outcome]:
        """What becomes of every call of a case: a folder with call facts, or one of such folders (deliveries)."""
        settings = load_settings({"COACHLAKE_HOME": str(self._home / "cases" / case.name)})
        deliveries = [case] if list(case.glob("calls.*")) else sorted(path for path in case.iterdir() if path.is_dir())
        try:
            nights = {night for delivery in deliveries for night in land_folder(settings, delivery)}
        except CallFactsError as error:
            return [Outcome(case.name, "refused", str(error))]
        return [self._outcome(settings, call) for night in sorted(nights) for call in read_night(settings, night).calls]

    def _outcome(self, settings: Settings, call: LandedCall) -> Outcome:
        work = plan_call(call, self._rubrics, {}, People(), self._models)
        if work.reason is None:
            work = CallWork.from_row(self._transcribe(work.to_row()))
        staged = self._score(work.to_row())["staged_url"]
        return _outcome(pq.read_table(staged).to_pylist()[0])


def _outcome(tables: dict[str, list[dict[str, Any]]]) -> Outcome:
    row = tables["calls"][0]
    said = {who: " ".join(t["text"] for t in tables["turns"] if t["speaker"] == who) for who in ("rep", "customer")}
    return Outcome(row["call_id"], _STATUS[row["status"]], row["reason"] or "", said["rep"], said["customer"], row)
