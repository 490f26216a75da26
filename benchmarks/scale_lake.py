"""A lake of any size, written straight into the raw tables: what a centre of 500 calls a night would have."""

from datetime import date, timedelta
from typing import LiteralString

import duckdb
import pyarrow as pa

from coachlake.lake.connection import create_raw_tables, lake
from coachlake.lake.sql import Sql, identifier, literal
from coachlake.lake.writer import upsert
from coachlake.rubrics.load import load_rubric
from coachlake.rubrics.rows import rubric_rows
from coachlake.settings import REPOSITORY, Settings

CALLS_A_NIGHT, REPS, TURNS, SIGNALS, EVIDENCE = 500, 60, 20, 18, 10
LAST_NIGHT = date(2026, 11, 22)
# Nights written in one transaction: the memory this needs does not grow with the lake.
_CHUNK_NIGHTS = 50
_RUBRICS = "['insurance_service', 'outbound_sales', 'technical_support']"


def generate(
    settings: Settings, n_calls: int, calls_a_night: int = CALLS_A_NIGHT, last_night: date = LAST_NIGHT
) -> None:
    """`n_calls` calls up to `last_night`, every table in the proportions of the demonstration centre."""
    rubrics = [load_rubric(path) for path in sorted((REPOSITORY / "rubrics").glob("*.yaml"))]
    with lake(settings) as connection:
        create_raw_tables(connection)
    upsert(settings, "rubric_criteria", pa.concat_tables([rubric_rows(rubric) for rubric in rubrics]))
    nights = n_calls // calls_a_night
    with lake(settings) as connection:
        for start in range(0, nights, _CHUNK_NIGHTS):
            first = last_night - timedelta(days=nights - 1 - start)
            add_nights(connection, first, min(_CHUNK_NIGHTS, nights - start), calls_a_night)


def add_nights(
    connection: duckdb.DuckDBPyConnection, first: date, count: int, calls_a_night: int = CALLS_A_NIGHT
) -> None:
    """Raw rows of `count` nights from `first`, in one transaction. Values are hashes of ids: the same every time."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE new_calls AS {_calls(first, count, calls_a_night)}")
    connection.execute("BEGIN")
    for table, query in _queries().items():
        connection.execute(f"INSERT INTO {identifier('lake', 'raw', table)} BY NAME {query}")
    connection.execute("COMMIT")


def _chance(*parts: LiteralString) -> Sql:
    """SQL for a uniform number 0–1 that depends on `parts` only."""
    return Sql(f"(hash({', '.join(parts)}) % 1000003) / 1000003.0")


def _calls(first: date, count: int, calls_a_night: int) -> Sql:
    return Sql(f"""
        SELECT 'c' || strftime(night, '%Y%m%d') || '-' || lpad(cast(i AS VARCHAR), 4, '0') AS call_id,
            cast(hash(night, i) % {REPS} AS INTEGER) AS rep, night AS batch_date,
            {_RUBRICS}[1 + rep % 3] AS rubric_id, hash('queue', night, i) % 2 AS hard,
            night + to_seconds(cast(32400 + hash('time', night, i) % 32000 AS BIGINT)) AS began
        FROM (SELECT cast({literal(first)} + cast(d AS INTEGER) AS DATE) AS night, i
              FROM range(0, {count:d}) days (d), range(0, {calls_a_night:d}) calls (i))
    """)


def _queries() -> dict[str, Sql]:
    own, call = _chance("rep", "criterion_id"), _chance("call_id", "criterion_id")
    skill = Sql(f"least(1, greatest(0, 0.35 + 0.3 * {own} + 0.5 * ({call} - 0.5)))")
    level = "CASE WHEN score >= 200 / 3.0 THEN 'good' WHEN score >= 100 / 3.0 THEN 'average' ELSE 'poor' END"
    words = "['I am sorry to hear that, ', 'So what you say is that ', 'Let me look into that, ', 'That cannot be, ']"
    return {
        "calls": Sql(f"""
            SELECT call_id, 'rep-' || rep AS rep_id, 'Rep ' || rep AS rep_name,
                DATE '2019-01-01' + cast(rep * 17 AS INTEGER) AS rep_hired_on,
                'team-' || rep % 6 AS team_id, 'queue-' || rep % 3 || '-' || hard AS queue, 'inbound' AS direction,
                rubric_id, began::TIMESTAMPTZ AS started_at,
                120 + 600 * {_chance("'length'", "call_id")} AS duration_s,
                'file:///' || call_id || '.wav' AS audio_uri, md5(call_id) AS audio_sha256,
                'rep_left' AS channel_layout,
                'live' AS source, 'scored' AS status, true AS is_timed,
                30 + 20 * {_chance("rep")} + 40 * {_chance("'overall'", "call_id")} AS overall_score,
                '1' AS rubric_version, 'generated' AS model_fingerprint, '1' AS pipeline_version,
                md5(call_id) AS work_key,
                batch_date, began::TIMESTAMPTZ AS processed_at
            FROM new_calls"""),
        "scores": Sql(f"""
            WITH drawn AS (
                SELECT call_id, rubric_id, batch_date, criterion_id, rubric_version, rubric_sha256,
                    CASE WHEN {_chance("'applies'", "call_id", "criterion_id")} < 0.75 THEN 100 * {skill} END AS score
                FROM new_calls JOIN lake.raw.rubric_criteria USING (rubric_id)
            )
            SELECT call_id || ':' || criterion_id AS score_id, call_id, criterion_id, score,
                CASE WHEN score IS NOT NULL THEN {level} END AS level, 0.8 AS confidence,
                CASE WHEN score IS NULL THEN 0 ELSE 3 END AS opportunity_count,
                CASE WHEN score IS NULL THEN 'no opportunity' END AS abstained_reason,
                rubric_id, rubric_version, rubric_sha256, 'generated' AS model_fingerprint, batch_date
            FROM drawn"""),
        "evidence": Sql(f"""
            WITH moments AS (
                SELECT *, ['empathy', 'active_listening', 'interruptions', 'open_questions', 'resolution_confidence']
                    [1 + i % 5] AS criterion_id, 100 * {_chance("'moment'", "call_id", "i")} AS score
                FROM new_calls, range(0, {EVIDENCE}) moments (i)
            )
            SELECT md5(call_id || i) AS evidence_id, call_id || ':' || criterion_id AS score_id, call_id, criterion_id,
                {level} AS level, cast(2 * i + 1 AS INTEGER) AS turn_index,
                {words}[1 + i % 4] || 'about case ' || hash(call_id) % 100000 || '.' AS quote,
                i * 20.0 AS start_s, i * 20.0 + 4 AS end_s, cast(2 * i AS INTEGER) AS cue_turn_index,
                'My case ' || hash(call_id) % 100000 || ' is still open.' AS cue_quote,
                i * 20.0 - 5 AS cue_start_s,
                'generated' AS why, {_chance("'sure'", "call_id", "i")} AS confidence, batch_date
            FROM moments"""),
        "signals": Sql(f"""
            SELECT md5('s' || call_id || i) AS signal_id, call_id,
                ['empathy', 'interruption', 'talk', 'question', 'hedge', 'talk'][1 + i % 6] AS kind,
                ['good', NULL, 'customer_statement_count', 'open', NULL, 'rep_talk_share'][1 + i % 6] AS label,
                [NULL, NULL, 12, NULL, NULL, 0.5][1 + i % 6] AS value, 0.8 AS confidence,
                cast(i AS INTEGER) AS turn_index,
                i * 10.0 AS start_s, i * 10.0 + 2 AS end_s, 'generated' AS quote, 'discovery' AS phase, batch_date
            FROM new_calls, range(0, {SIGNALS}) occurrences (i)
            WHERE i % 6 IN (2, 5) OR {_chance("call_id", "i")} < 0.6"""),
        "turns": Sql(f"""
            SELECT call_id, cast(i AS INTEGER) AS turn_index, ['customer', 'rep'][1 + i % 2] AS speaker,
                i * 10.0 AS start_s, i * 10.0 + 4 AS end_s,
                {words}[1 + (i // 2) % 4] || 'about case ' || hash(call_id) % 100000 || '.' AS text,
                false AS is_backchannel, 0.1 AS pitch_z, 0.2 AS loudness_z, 0.3 AS rate_z, batch_date
            FROM new_calls, range(0, {TURNS}) turns (i)"""),
        "stage_timings": Sql(f"""
            SELECT call_id, ['decode', 'recognise', 'score'][1 + i] AS stage,
                1 + i + {_chance("call_id", "i")} AS wall_s, 0.5 + i AS cpu_s,
                began::TIMESTAMPTZ AS measured_at, batch_date
            FROM new_calls, range(0, 3) stages (i)"""),
        "outcomes": Sql(f"""
            SELECT call_id, 1 + floor(5 * {_chance("'csat'", "call_id")}) AS csat,
                CASE WHEN rubric_id = 'outbound_sales' THEN {_chance("'sale'", "call_id")} < 0.3 END AS is_converted,
                (batch_date + cast(hash('late', call_id) % 14 AS INTEGER))::TIMESTAMPTZ AS received_at
            FROM new_calls WHERE {_chance("'answers'", "call_id")} < 0.7"""),
    }
