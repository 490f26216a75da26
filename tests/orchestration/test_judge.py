"""The judge's job: apart from the night, and nothing in force without a passed comparison."""

import json
import shutil
from dataclasses import replace
from pathlib import Path

import dagster as dg

from coachlake.language.acts.in_force import judge_in_force, models_folder
from coachlake.language.acts.model import SHIPPED, checked_card
from coachlake.settings import load_settings
from orchestration.definitions import defs
from orchestration.defs.judge import act_judge, judge_checks
from orchestration.resources.lakehouse import Lakehouse
from training.acts.read import BANK


def run(home: Path, *chosen: dg.AssetsDefinition | dg.AssetChecksDefinition) -> dg.ExecuteInProcessResult:
    """The chosen of the judge's assets and checks, the others known of."""
    every = [act_judge.act_judge, act_judge.judge_in_force, judge_checks.judge_is_no_worse]
    known = dg.Definitions(
        assets=every[:2], asset_checks=every[2:],
        resources={"lakehouse": Lakehouse(replace(load_settings({}), home=home))},
    )  # fmt: skip
    selection = dg.AssetSelection.assets(*[c for c in chosen if not isinstance(c, dg.AssetChecksDefinition)])
    if any(isinstance(c, dg.AssetChecksDefinition) for c in chosen):
        selection = selection | dg.AssetSelection.checks(judge_checks.judge_is_no_worse)
    job = dg.Definitions.merge(known, dg.Definitions(jobs=[dg.define_asset_job("chosen", selection)]))
    return job.resolve_job_def("chosen").execute_in_process(raise_on_error=False)


def as_candidate(home: Path) -> Path:
    """The shipped model as if it had been trained in this home."""
    name = str(checked_card(SHIPPED)["sha256"])[:12]
    folder = models_folder(home) / name
    shutil.copytree(SHIPPED, folder)
    (folder / "learned_from.json").write_text(json.dumps({"bank": str(BANK)}))
    folder.with_name("candidate").write_text(name)
    return folder


def test_a_night_trains_nothing_and_the_judge_has_a_job_of_its_own() -> None:
    nightly = defs.resolve_job_def("nightly").asset_layer.executable_asset_keys
    judge = defs.resolve_job_def("judge").asset_layer.executable_asset_keys
    assert {key.to_user_string() for key in judge} == {"act_judge", "judge_in_force"}
    assert not judge & nightly
    (check,) = [key for key in defs.resolve_asset_graph().asset_check_keys if key.name == "judge_is_no_worse"]
    assert defs.resolve_asset_graph().get(check).blocking


def test_a_candidate_nobody_compared_stays_out(tmp_path: Path) -> None:
    as_candidate(tmp_path)
    assert not run(tmp_path, act_judge.judge_in_force).success
    assert judge_in_force(tmp_path) == SHIPPED


def test_the_check_opens_the_way(tmp_path: Path) -> None:
    folder = as_candidate(tmp_path)
    done = run(tmp_path, judge_checks.judge_is_no_worse, act_judge.judge_in_force)
    assert done.success
    assert [found.passed for found in done.get_asset_check_evaluations()] == [True]
    assert judge_in_force(tmp_path) == folder
