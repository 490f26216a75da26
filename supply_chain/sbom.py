"""`make sbom`: what is installed beside this file, models too, as CycloneDX JSON.

`python -m supply_chain.sbom OUT.json`. Packages, their licences and who needs whom are read from what is installed
(cyclonedx-bom); the models inside packages are added from coachlake/models/profiles.yaml, which pins them.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from packaging.utils import canonicalize_name

from coachlake.models.profiles import load_weight, weight_names
from supply_chain.locks import ROOT, TOOLS

_COMMAND = ("environment", "--pyproject", str(ROOT / "pyproject.toml"), "--output-reproducible", "--no-validate")


def main(to: Path) -> None:
    """Write the bill of materials. Ends with cyclonedx-py's own words where that fails."""
    command = [str(TOOLS / "cyclonedx-py"), *_COMMAND, sys.executable]
    made = subprocess.run(command, capture_output=True, text=True, check=False)
    if made.returncode:
        sys.exit(made.stderr)
    whole = with_models(json.loads(made.stdout))
    to.write_text(json.dumps(whole, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(whole['components'])} packages and models in {to}")


def with_models(bom: dict[str, Any]) -> dict[str, Any]:
    """The bill of materials with every pinned model as a component that depends on the package it lies in."""
    models = [_model(name) for name in weight_names()]
    lie_in = [_lies_in(bom, name) for name in weight_names()]
    return {**bom, "components": bom["components"] + models, "dependencies": bom["dependencies"] + lie_in}


def _model(name: str) -> dict[str, Any]:
    weight = load_weight(name)
    return {
        "type": "machine-learning-model",
        "bom-ref": f"model:{name}",
        "name": name,
        "version": weight.version,
        "hashes": [{"alg": "SHA-256", "content": weight.sha256}],
        "licenses": [{"license": {"id": weight.licence}}],
    }


def _lies_in(bom: dict[str, Any], name: str) -> dict[str, Any]:
    refs = {canonicalize_name(component["name"]): component["bom-ref"] for component in bom["components"]}
    return {"ref": f"model:{name}", "dependsOn": [refs[canonicalize_name(load_weight(name).package)]]}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
