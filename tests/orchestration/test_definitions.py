"""The code location as `dagster dev` loads it."""

import os
import pkgutil
import shutil
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import dagster as dg
import pytest

import orchestration.defs
from coachlake.settings import REPOSITORY
from orchestration.definitions import defs
from orchestration.resources.dbt import DBT, dbt_project

# What takes seconds or gigabytes to import: it is needed where work is done, not to list what could be.
HEAVY = (
    "torch", "ray", "streamlit", "great_expectations", "transformers", "faster_whisper", "pyannote", "spacy", "scipy",
)  # fmt: skip
NEW_FILE = """
import dagster as dg

@dg.asset
def added_asset(): ...

@dg.asset_check(asset=added_asset)
def added_check(): return dg.AssetCheckResult(passed=True)

added_job = dg.define_asset_job("added_job", selection=[added_asset])

@dg.schedule(job=added_job, cron_schedule="0 0 * * *")
def added_schedule(context): ...

@dg.sensor(job=added_job)
def added_sensor(context): ...
"""
LIST_ALL = """
from orchestration import definitions
defs = definitions.defs
graph = defs.resolve_asset_graph()
print(definitions.__file__)
print(*[key.to_user_string() for key in graph.materializable_asset_keys])
print(*[key.name for key in graph.asset_check_keys])
print(*[item.name for kind in (defs.jobs, defs.schedules, defs.sensors) for item in kind])
"""


def in_new_process(code: str, **arguments: Any) -> subprocess.CompletedProcess[str]:
    """Run Python code; the dbt project is not parsed again, this process has done so."""
    arguments.setdefault("cwd", REPOSITORY)
    environ = {name: value for name, value in os.environ.items() if name != "DAGSTER_IS_DEV_CLI"}
    environ |= arguments.pop("environ", {})
    return subprocess.run(
        [sys.executable, "-c", code], env=environ, capture_output=True, text=True, check=False, **arguments
    )


def test_loads_without_a_warning_and_without_anything_heavy() -> None:
    done = in_new_process(f"import orchestration.definitions, sys; print(*[m for m in {HEAVY} if m in sys.modules])")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == []
    assert "Warning" not in done.stderr, done.stderr


def test_loading_touches_no_lake_and_leaves_the_environment_alone(tmp_path: Path) -> None:
    code = "import os; old = dict(os.environ); import orchestration.definitions; assert dict(os.environ) == old"
    home = tmp_path / "home"
    done = in_new_process(code, environ={"COACHLAKE_HOME": str(home), "COACHLAKE_CATALOG": "postgres:host=nowhere"})
    assert done.returncode == 0, done.stderr
    assert not home.exists()


def test_a_development_server_parses_a_project_that_is_another_and_its_runs_do_not() -> None:
    manifest = dbt_project().manifest_path
    step = "reconstruct.ReconstructableRepository.for_module('orchestration.definitions', 'defs').get_definition()"
    as_step, as_server = (
        f"from dagster._core.definitions import reconstruct; {step}",
        "import orchestration.definitions",
    )
    _loaded(as_server)
    times = [manifest.stat().st_mtime_ns, _loaded(as_server)]
    manifest.with_name("parsed.sha256").write_text("of another project")
    times += [_loaded(as_step), _loaded(as_server)]
    assert times[0] == times[1] == times[2] < times[3]


def _loaded(code: str) -> int:
    """When the manifest was written last, once a new process has run `code`."""
    done = in_new_process(code, environ={"DAGSTER_IS_DEV_CLI": "1"})
    assert done.returncode == 0, done.stderr
    return dbt_project().manifest_path.stat().st_mtime_ns


def test_packs_need_no_app() -> None:
    done = in_new_process(
        "import sys, coachlake.packs.page, coachlake.packs.pdf; assert 'streamlit' not in sys.modules"
    )
    assert done.returncode == 0, done.stderr


def test_adding_an_asset_is_adding_a_file(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "orchestration", tmp_path / "orchestration")
    shutil.copy(REPOSITORY / "pyproject.toml", tmp_path)
    (tmp_path / "orchestration" / "defs" / "landing" / "added.py").write_text(NEW_FILE)
    # The copy comes before the repository, from which everything else is imported.
    path = os.pathsep.join([str(tmp_path), str(REPOSITORY)])
    done = in_new_process(LIST_ALL, cwd=tmp_path, environ={"PYTHONPATH": path})
    assert done.returncode == 0, done.stderr
    file, assets, checks, others = done.stdout.splitlines()
    assert Path(file).is_relative_to(tmp_path)
    assert "added_asset" in assets.split()
    assert "added_check" in checks.split()
    assert {"added_job", "added_schedule", "added_sensor"} <= set(others.split())
    # Nothing else went missing.
    before = {key.to_user_string() for key in defs.resolve_asset_graph().materializable_asset_keys}
    assert set(assets.split()) - {"added_asset"} == before


def test_no_file_brings_definitions_of_its_own() -> None:
    """Dagster would take these and pass over the assets and jobs that stand beside them."""
    for module in _modules():
        own = [name for name, value in vars(module).items() if isinstance(value, dg.Definitions)]
        lazy = [name for name, value in vars(module).items() if type(value).__name__ == "LazyDefinitions"]
        assert not own + lazy, module.__name__


def test_every_mart_is_an_asset() -> None:
    models = (REPOSITORY / "dbt_project" / "models" / "marts").rglob("*.sql")
    python = (REPOSITORY / "dbt_project" / "models" / "marts").rglob("*.py")
    marts = {path.stem for path in (*models, *python)}
    assert marts
    assert {f"marts/{name}" for name in marts} <= {
        key.to_user_string() for key in defs.resolve_asset_graph().materializable_asset_keys
    }


def test_every_asset_says_who_owns_it_what_it_is_and_where_it_belongs() -> None:
    graph = defs.resolve_asset_graph()
    for key in graph.materializable_asset_keys:
        node = graph.get(key)
        assert node.description, key
        assert node.owners, key
        assert node.kinds, key
        assert node.group_name != "default", key


def test_every_option_of_an_asset_says_what_it_does() -> None:
    described = (dg.Config, dg.ConfigurableResource)
    modules = list(_modules())
    options = {
        value
        for module in modules
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, described) and value.__module__.startswith("orchestration")
    }
    assert {option.__name__ for option in options} >= {"PackConfig", "CalibrationConfig", "BuildConfig"}
    for option in options:
        for name, field in option.model_fields.items():
            assert field.description, f"{option.__name__}.{name}"


def test_no_run_can_be_told_another_folder_or_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever reaches Dagster's page chooses a run's configuration: no resource takes any of it."""
    for job in defs.resolve_all_job_defs():
        resources = job.run_config_schema.config_type.fields["resources"].config_type
        for name, field in resources.fields.items():
            assert set(field.config_type.fields) <= {"config"}, (job.name, name)
            assert not getattr(field.config_type.fields["config"].config_type, "fields", {}), (job.name, name)

    seen: dict[str, Any] = {}

    @dg.asset
    def probe(lakehouse: dg.ResourceParam[Any], dbt: dg.ResourceParam[Any]) -> dg.MaterializeResult[None]:
        seen.update(home=lakehouse.settings().home, dbt=dbt.dbt_executable)
        return dg.MaterializeResult()

    monkeypatch.setenv("COACHLAKE_HOME", str(tmp_path))
    told = {"lakehouse": {"home": "/elsewhere"}, "dbt": {"dbt_executable": "/bin/sh"}}
    config = {"resources": {name: {"config": given} for name, given in told.items()}}
    assert dg.materialize([probe], resources=defs.resources, run_config=config).success
    assert seen == {"home": tmp_path, "dbt": DBT}


def test_a_pack_for_an_unknown_rhythm_is_refused() -> None:
    from orchestration.defs.publishing.one_to_one_packs import one_to_one_packs
    from orchestration.resources.lakehouse import Lakehouse

    config = {"ops": {"one_to_one_packs": {"config": {"cadence": "monthly"}}}}
    with pytest.raises(dg.DagsterInvalidConfigError, match="cadence not in enum type Cadence got monthly"):
        dg.materialize([one_to_one_packs], resources={"lakehouse": Lakehouse()}, run_config=config)


def test_every_lake_writer_waits_in_the_same_pool() -> None:
    job = defs.resolve_job_def("nightly")
    pools = {
        node.name: set(node.definition.pools) for node in job.nodes if isinstance(node.definition, dg.OpDefinition)
    }
    unpooled = {name for name, pool in pools.items() if pool != {"lake"}}
    assert unpooled == {"call_batch"}


def _modules() -> Iterator[Any]:
    for info in pkgutil.walk_packages(orchestration.defs.__path__, "orchestration.defs."):
        yield import_module(info.name)
