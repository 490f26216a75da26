"""`make audit`: the locked packages against the databases of known advisories.

`python -m supply_chain.audit` exits with 0 where nothing is known, 1 where something is, and 3 where no database
answered: then nothing was checked, and nothing is said to be in order.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from supply_chain.locks import COACHLAKE, TOOLS, TORCH_CUDA

CLEAN, FOUND, UNREACHABLE = 0, 1, 3
_SERVICES = ("pypi", "osv")
_LOCKS = ("-r", str(COACHLAKE), "-r", str(TORCH_CUDA))
_OPTIONS = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")


def main() -> int:
    """The exit code; what was found, or that nothing could be, is printed."""
    for service in _SERVICES:
        code, lines = told(_asked(service))
        if code != UNREACHABLE:
            break
    print("\n".join(lines))
    return code


def told(packages: Sequence[dict[str, Any]]) -> tuple[int, list[str]]:
    """Exit code and lines for people, of the `dependencies` that pip-audit reports.

    A package that no database knew has a `skip_reason` and no `vulns`: it counts as not checked.
    """
    checked = [package for package in packages if "vulns" in package]
    if not checked:
        return UNREACHABLE, ["advisories: NOT CHECKED, no advisory database answered from here (make audit asks again)"]
    found = [
        f"{package['name']} {package['version']}: {known['id']}, mended in {', '.join(known['fix_versions']) or 'none'}"
        for package in checked
        for known in package["vulns"]
    ]
    missed = [package["name"] for package in packages if "vulns" not in package]
    head = [f"advisories: {len(found) or 'none'} known for {len(checked)} packages"]
    return FOUND if found else CLEAN, [*head, *found, *([f"not checked: {', '.join(missed)}"] if missed else [])]


def _asked(service: str) -> list[dict[str, Any]]:
    command = [str(TOOLS / "pip-audit"), "--vulnerability-service", service, *_LOCKS, *_OPTIONS]
    # It exits with 1 both for findings and for a database out of reach: only with an answer is there JSON.
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report: dict[str, list[dict[str, Any]]] = json.loads(done.stdout)
    except json.JSONDecodeError:
        return []
    return report["dependencies"]


if __name__ == "__main__":
    sys.exit(main())
