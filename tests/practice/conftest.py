from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from coachlake.practice.scenarios.load import SHIPPED, load_scenario
from coachlake.practice.scenarios.schema import Scenario
from coachlake.practice.session import Session
from coachlake.rubrics.load import load_rubrics
from coachlake.rubrics.schema import Rubric
from coachlake.scoring.scorer import Scorer, build_scorer
from coachlake.settings import Settings, load_settings
from coachlake.signals.kit import SignalKit, load_signal_kit

SHIPPED_RUBRICS = Path("rubrics").resolve()
NAMES = sorted(path.stem for path in SHIPPED.glob("*.yaml"))


@pytest.fixture(scope="session")
def kit() -> SignalKit:
    return load_signal_kit()


@pytest.fixture(scope="session")
def rubrics(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Rubric]:
    return load_rubrics(SHIPPED_RUBRICS, tmp_path_factory.mktemp("last_good")).rubrics


@pytest.fixture(scope="session")
def scorers(kit: SignalKit, rubrics: dict[str, Rubric]) -> dict[str, Scorer]:
    return {name: build_scorer(rubric, kit) for name, rubric in rubrics.items()}


@pytest.fixture(scope="session")
def scenarios(rubrics: dict[str, Rubric]) -> dict[str, Scenario]:
    return {name: load_scenario(SHIPPED / f"{name}.yaml", rubrics) for name in NAMES}


@pytest.fixture
def start(kit: SignalKit, scenarios: dict[str, Scenario]) -> Callable[[str, int], Session]:
    return lambda name, seed: Session(scenarios[name], seed, kit, f"practice-{name}-{seed}")


@pytest.fixture
def own_lake(tmp_path: Path) -> Settings:
    settings = load_settings({"COACHLAKE_HOME": str(tmp_path)})
    return replace(settings, rubrics=SHIPPED_RUBRICS)
