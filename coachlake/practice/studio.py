"""Everything a session needs, loaded once: models, rubrics, scenarios and scorers. The terminal and the app use it."""

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock

from coachlake.calibration.in_force import mappings_in_force
from coachlake.practice.attempts import Trainee, land_attempt, new_session_id
from coachlake.practice.library import own_folder, scenarios_in_force
from coachlake.practice.scenarios.load import SHIPPED, ScenarioSet, save_scenario
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.scoring import Result, score_session
from coachlake.practice.session import Session
from coachlake.practice.wording.guarded import load_wording
from coachlake.rubrics.load import load_rubrics
from coachlake.rubrics.schema import Rubric
from coachlake.scoring.scorer import Scorer, build_scorer
from coachlake.settings import Settings
from coachlake.signals.kit import SignalKit, load_signal_kit

# A rubric's hash, and the calibration of each criterion that has one.
_ScorerKey = tuple[str, tuple[tuple[str, str], ...]]


@dataclass
class Studio:
    """Practice on one lake. Safe to share between threads; each session belongs to one."""

    settings: Settings
    _scorers: dict[_ScorerKey, Scorer] = field(default_factory=dict)
    _lock: Lock = field(default_factory=Lock)
    _known: tuple[list[tuple[str, int, int]], dict[str, Rubric], ScenarioSet] | None = None

    @cached_property
    def kit(self) -> SignalKit:
        """The text models of the settings' profile. Raises WeightsError where they are missing or wrong."""
        return load_signal_kit(self.settings.model_profile, self.settings.home)

    @property
    def rubrics(self) -> dict[str, Rubric]:
        """rubric_id → rubric in force; an edited anchor counts from the next attempt on."""
        return self._read()[0]

    @property
    def scenarios(self) -> ScenarioSet:
        """Shipped and own scenarios; an edited or added file shows at once."""
        return self._read()[1]

    def _read(self) -> tuple[dict[str, Rubric], ScenarioSet]:
        """Both, read anew only where a file has changed: parsing them takes longer than a reply may."""
        folders = (self.settings.rubrics, SHIPPED, own_folder(self.settings))
        files = [path for folder in folders for path in sorted(folder.glob("*.yaml"))]
        state = [(str(path), path.stat().st_mtime_ns, path.stat().st_size) for path in files]
        with self._lock:
            if self._known is None or self._known[0] != state:
                rubrics = load_rubrics(self.settings.rubrics, self.settings.home / "rubrics" / "last_good").rubrics
                self._known = (state, rubrics, scenarios_in_force(self.settings, rubrics))
            return self._known[1:]

    def start(self, scenario: Scenario, seed: int | None = None, mode: str = "text") -> Session:
        """A new attempt; without a `seed` each differs from the last."""
        seed = secrets.randbelow(1_000_000) if seed is None else seed
        return Session(scenario, seed, self.kit, new_session_id(), load_wording(self.kit), mode)

    def finish(self, session: Session, trainee: Trainee, assignment_id: str | None = None) -> Result:
        """End and score a session, and land it in the lake."""
        session.leave()
        result = score_session(session, self._scorer(session.scenario.rubric_id))
        land_attempt(self.settings, session, result, trainee, assignment_id)
        return result

    def keep(self, scenario: Scenario) -> None:
        """Keep a scenario made here, so that it can be retaken and assigned."""
        save_scenario(scenario, own_folder(self.settings))

    def _scorer(self, rubric_id: str) -> Scorer:
        """The rubric's scorer with the calibration in force, as the night scores live calls."""
        rubrics = self.rubrics
        rubric = rubrics[rubric_id]
        mappings = mappings_in_force(self.settings, rubrics).get(rubric_id, {})
        # Which calibration confirmed the cut-points is written with each score: a newer one is another scorer.
        key = (rubric.sha256, tuple(sorted((name, one.calibration_id) for name, one in mappings.items())))
        with self._lock:
            if key not in self._scorers:
                self._scorers[key] = build_scorer(rubric, self.kit, mappings)
            return self._scorers[key]
