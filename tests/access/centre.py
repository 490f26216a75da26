"""A lake of three reps in two teams in which every text says whose it is, so that a leak shows wherever it is."""

import io
import json
import re
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from coachlake.files import write_whole
from coachlake.lake.connection import create_raw_tables, lake
from coachlake.lake.publish import publish
from coachlake.lake.sql import data_type, identifier, literal
from coachlake.settings import REPOSITORY, Settings, load_settings

TEAMS = {"ann": "north", "bob": "south", "cal": "north"}
# Columns that hold one of a few words, as the pages know them.
_WORDS = {
    "source": "live", "level": "poor", "human_level": "poor", "machine_level": "good", "cadence": "weekly",
    "outcome": "csat", "queue": "all", "speaker": "rep", "direction": "inbound", "kind": "hedge", "phase": "opening",
    "role": "rep", "roles_decided_by": "words", "channel_layout": "mono", "abstained_reason": "untimed",
}  # fmt: skip
_MARTS = REPOSITORY / "dbt_project" / "models" / "marts"


def marts() -> Iterator[tuple[str, dict[str, str]]]:
    """Each published table with its columns and their types, as its contract says."""
    for file in sorted(_MARTS.glob("*.yml")):
        for model in yaml.safe_load(file.read_text(encoding="utf-8")).get("models", []):
            yield model["name"], {column["name"]: column["data_type"] for column in model["columns"]}


def filled(home: Path) -> Settings:
    """Publish it in `home`: a row a rep in every table, and a recording of a second each."""
    settings = load_settings({"COACHLAKE_HOME": str(home)})
    found = dict(marts())
    with lake(settings) as connection:
        create_raw_tables(connection)
        connection.execute("CREATE SCHEMA lake.marts")
        for name, columns in found.items():
            typed = ", ".join(f"{identifier(column)} {data_type(kind)}" for column, kind in columns.items())
            connection.execute(f"CREATE TABLE {identifier('lake', 'marts', name)} ({typed})")
        for schema, table in connection.execute(
            "SELECT schema_name, table_name FROM duckdb_tables() WHERE database_name = 'lake' "
            "AND schema_name IN ('raw', 'marts')"
        ).fetchall():
            place = identifier("lake", schema, table)
            kinds = {name: kind for name, kind, *_ in connection.execute(f"DESCRIBE {place}").fetchall()}
            written = [
                "SELECT "
                + ", ".join(f"{_value(table, rep, name, kind)} AS {identifier(name)}" for name, kind in kinds.items())
                for rep in TEAMS
            ]
            connection.execute(f"INSERT INTO {place} BY NAME {' UNION ALL BY NAME '.join(written)}")
    publish(settings, list(found))
    for rep in TEAMS:
        sound = io.BytesIO()
        with wave.open(sound, "wb") as file:
            file.setparams((1, 2, 8000, 0, "NONE", ""))
            file.writeframes(bytes([1 + len(rep), ord(rep[0])]) * 8000)
        write_whole(Path(settings.landing) / "2026-11-23" / f"{rep}.wav", sound.getvalue())
    return settings


def _value(table: str, rep: str, name: str, kind: str) -> str:
    known: dict[str, Any] = {
        "rep_id": rep,
        "team_id": TEAMS[rep],
        "call_id": f"call-of-{rep}",
        "scope_id": rep,
        "audio_uri": f"2026-11-23/{rep}.wav",
        **_WORDS,
        "scope": "overall" if table == "outcome_correlations" else "rep",
        "status": "scored" if table == "calls" else "assigned",
    }
    if name in known:
        return literal(known[name])
    says = f"{name} of {rep}"
    if kind == "VARCHAR":
        return literal(says)
    if kind.startswith("STRUCT"):
        parts = re.findall(r'[(,] ?"?(\w+)"? (\w+)', kind)
        one = {part: _WORDS.get(part, says) if of == "VARCHAR" else 1 for part, of in parts}
        return f"CAST({literal(json.dumps([one] if kind.endswith('[]') else one))}::JSON AS {data_type(kind)})"
    if kind == "VARCHAR[]":
        return f"[{literal(says)}]"
    if kind.startswith("MAP"):
        return "NULL"
    return {"BOOLEAN": "true", "DATE": "DATE '2026-11-23'"}.get(
        kind, "TIMESTAMPTZ '2026-11-23 10:00:00Z'" if kind.startswith("TIMESTAMP") else "1"
    )
