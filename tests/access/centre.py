"""A lake of three reps in two teams in which every text says whose it is, so that a leak shows wherever it is."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from coachlake.lake.connection import create_raw_tables, lake
from coachlake.lake.publish import publish
from coachlake.lake.sql import data_type, identifier, literal
from coachlake.settings import REPOSITORY, Settings, load_settings

TEAMS = {"ann": "north", "bob": "south", "cal": "north"}
_MARTS = REPOSITORY / "dbt_project" / "models" / "marts"


def marts() -> Iterator[tuple[str, dict[str, str]]]:
    """Each published table with its columns and their types, as its contract says."""
    for file in sorted(_MARTS.glob("*.yml")):
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", []):
            yield model["name"], {column["name"]: column["data_type"] for column in model["columns"]}


def filled(home: Path) -> Settings:
    """Publish it in `home`: a row a rep in every table that is theirs."""
    settings = load_settings({"COACHLAKE_HOME": str(home)})
    found = dict(marts())
    with lake(settings) as connection:
        create_raw_tables(connection)
        connection.execute("CREATE SCHEMA lake.marts")
        for name, columns in found.items():
            kinds = ", ".join(f"{identifier(column)} {data_type(kind)}" for column, kind in columns.items())
            connection.execute(f"CREATE TABLE {identifier('lake', 'marts', name)} ({kinds})")
        for schema, table in connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'lake' "
            "AND schema_name IN ('raw', 'marts')"
        ).fetchall():
            place = identifier("lake", schema, table)
            kinds = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {place}").fetchall()}
            for rep in TEAMS:
                values = ", ".join(f"{_value(rep, name, kind)} AS {identifier(name)}" for name, kind in kinds.items())
                connection.execute(f"INSERT INTO {place} BY NAME SELECT {values}")
    publish(settings, list(found))
    return settings


def _value(rep: str, name: str, kind: str) -> str:
    known: dict[str, Any] = {
        "rep_id": rep,
        "team_id": TEAMS[rep],
        "call_id": f"call-of-{rep}",
        "scope": "rep",
        "scope_id": rep,
        "status": "scored",
        "source": "live",
    }
    if name in known:
        return literal(known[name])
    says = f"{name} of {rep}"
    if kind == "VARCHAR":
        return literal(says)
    if kind.startswith("STRUCT"):
        parts = re.findall(r'[(,] ?"?(\w+)"? (\w+)', kind)
        one = {part: says if of == "VARCHAR" else 1 for part, of in parts}
        return f"CAST({literal(json.dumps([one] if kind.endswith('[]') else one))}::JSON AS {data_type(kind)})"
    if kind == "VARCHAR[]":
        return f"[{literal(says)}]"
    if kind.startswith("MAP"):
        return "NULL"
    return {"BOOLEAN": "true", "DATE": "DATE '2026-11-23'"}.get(
        kind, "TIMESTAMPTZ '2026-11-23 10:00:00Z'" if kind.startswith("TIMESTAMP") else "1"
    )
