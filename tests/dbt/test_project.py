"""What every mart owes its readers, and the semantic layer."""

from typing import Any

import pytest
from dbt_semantic_interfaces.implementations.semantic_manifest import PydanticSemanticManifest
from dbt_semantic_interfaces.validations.semantic_manifest_validator import SemanticManifestValidator

from coachlake.lake.tables import RAW_TABLES
from coachlake.rubrics.load import load_rubric
from coachlake.settings import REPOSITORY
from coachlake.signals.signal import SIGNAL_KINDS
from tests.dbt.project import compiled_project, manifest


def _marts() -> list[dict[str, Any]]:
    return [
        node for node in manifest()["nodes"].values() if node["resource_type"] == "model" and node["schema"] == "marts"
    ]


def test_every_mart_states_grain_contract_owner_and_columns() -> None:
    assert len(_marts()) >= 22
    for mart in _marts():
        assert mart["description"].startswith("One row a"), mart["name"]
        assert mart["config"]["contract"]["enforced"], mart["name"]
        assert mart["group"], mart["name"]
        for column in mart["columns"].values():
            assert column["description"], f"{mart['name']}.{column['name']}"
            assert column["data_type"], f"{mart['name']}.{column['name']}"


def test_every_mart_has_a_test_of_its_grain() -> None:
    tests = [node for node in manifest()["nodes"].values() if node["resource_type"] == "test"]
    kinds = ("unique", "unique_grain")
    tested = {node["attached_node"] for node in tests if node["test_metadata"]["name"] in kinds}
    assert {mart["unique_id"] for mart in _marts()} <= tested


def test_every_staging_model_names_its_columns_and_tests_its_key() -> None:
    nodes = manifest()["nodes"].values()
    staging = [node for node in nodes if node["resource_type"] == "model" and node["schema"] == "staging"]
    tests = [node for node in nodes if node["resource_type"] == "test"]
    keyed = {t["attached_node"] for t in tests if t["test_metadata"]["name"] in ("unique", "unique_grain")}
    # What the pipeline keeps for itself is read by no mart: when marts were built, who people said the rep is, what
    # they struck, which files the lake is made of and by which version of it.
    own = {"mart_builds", "role_answers", "strikes", "lake_files", "lake_versions"}
    assert {node["name"].removeprefix("stg_lake__") for node in staging} == set(RAW_TABLES) - own
    for model in staging:
        assert model["description"].startswith("One row a"), model["name"]
        assert model["config"]["contract"]["enforced"], model["name"]
        assert model["unique_id"] in keyed, model["name"]


def test_no_model_names_a_criterion() -> None:
    rubrics = [load_rubric(path) for path in (REPOSITORY / "rubrics").glob("*.yaml")]
    named = {f"'{criterion.id}'" for rubric in rubrics for criterion in rubric.criteria}
    # A kind of signal, which the project defines, may have the name of a criterion.
    kinds = {f"'{kind}'" for kind in SIGNAL_KINDS}
    for node in manifest()["nodes"].values():
        if node["resource_type"] == "model":
            found = {name for name in named - kinds if name in node["raw_code"]}
            assert not found, f"{node['name']}: {found}"


def test_every_mart_is_in_an_exposure_with_an_owner() -> None:
    exposures = manifest()["exposures"].values()
    exposed = {node for exposure in exposures for node in exposure["depends_on"]["nodes"]}
    assert {mart["unique_id"] for mart in _marts()} <= exposed
    assert all(exposure["owner"]["name"] for exposure in exposures)


def test_the_formulas_have_unit_tests() -> None:
    tested = {test["model"] for test in manifest()["unit_tests"].values()}
    formulas = (
        "rep_weekly_scores rep_weekly_signals int_priority_weeks coaching_priorities outcome_correlations "
        "int_outcome_inputs int_diagnosis_no_tracking int_diagnosis_reviewers_disagree "
        "int_diagnosis_coverage_without_change int_diagnosis_scores_without_csat int_practice_changes "
        "practice_transfers one_to_ones "
        "practice_trajectories practice_assignments review_agreements calibrations signal_summaries nightly_coverage "
        "rep_history nightly_stages"
    )
    assert set(formulas.split()) <= tested


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_semantic_layer_is_valid() -> None:
    semantic = PydanticSemanticManifest.parse_raw((compiled_project() / "semantic_manifest.json").read_text())
    found = SemanticManifestValidator[PydanticSemanticManifest]().validate_semantic_manifest(semantic)
    assert not found.errors, [issue.as_readable_str() for issue in found.errors]
    assert {"empathy_share", "interrupted_share", "hedges_per_call"} <= {metric.name for metric in semantic.metrics}
