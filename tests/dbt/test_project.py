"""What every mart owes its readers, and the semantic layer."""

from typing import Any

import pytest
from dbt_semantic_interfaces.implementations.semantic_manifest import PydanticSemanticManifest
from dbt_semantic_interfaces.validations.semantic_manifest_validator import SemanticManifestValidator

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


def test_every_mart_is_in_an_exposure_with_an_owner() -> None:
    exposures = manifest()["exposures"].values()
    exposed = {node for exposure in exposures for node in exposure["depends_on"]["nodes"]}
    assert {mart["unique_id"] for mart in _marts()} <= exposed
    assert all(exposure["owner"]["name"] for exposure in exposures)


def test_the_formulas_have_unit_tests() -> None:
    tested = {test["model"] for test in manifest()["unit_tests"].values()}
    formulas = (
        "rep_weekly_scores rep_weekly_signals int_priority_weeks coaching_priorities outcome_correlations "
        "int_outcome_inputs sampling_prices programme_diagnosis int_practice_changes practice_transfers one_to_ones "
        "practice_trajectories practice_assignments review_agreements calibrations signal_summaries nightly_coverage"
    )
    assert set(formulas.split()) <= tested


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_semantic_layer_is_valid() -> None:
    semantic = PydanticSemanticManifest.parse_raw((compiled_project() / "semantic_manifest.json").read_text())
    found = SemanticManifestValidator[PydanticSemanticManifest]().validate_semantic_manifest(semantic)
    assert not found.errors, [issue.as_readable_str() for issue in found.errors]
    assert {"empathy_share", "interrupted_share", "hedges_per_call"} <= {metric.name for metric in semantic.metrics}
