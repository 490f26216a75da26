"""The code location as `dagster dev` loads it."""

import subprocess
import sys

import dagster as dg

from coachlake.settings import REPOSITORY
from orchestration.definitions import defs


def test_loads_without_a_warning_and_without_torch() -> None:
    code = "import orchestration.definitions, sys; assert 'torch' not in sys.modules; assert 'ray' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Warning" not in done.stderr, done.stderr


def test_every_asset_says_who_owns_it_what_it_is_and_where_it_belongs() -> None:
    graph = defs.resolve_asset_graph()
    for key in graph.materializable_asset_keys:
        node = graph.get(key)
        assert node.description, key
        assert node.owners, key
        assert node.kinds, key
        assert node.group_name != "default", key


def test_every_lake_writer_waits_in_the_same_pool() -> None:
    job = defs.resolve_job_def("nightly")
    pools = {
        node.name: set(node.definition.pools) for node in job.nodes if isinstance(node.definition, dg.OpDefinition)
    }
    unpooled = {name for name, pool in pools.items() if pool != {"lake"}}
    assert unpooled == {"call_batch"}
