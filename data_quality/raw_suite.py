"""What must hold for a landed night, as queries over raw.* and expectations about their results."""

from data_quality.expect import Expected, between, one_of, rows, true
from data_quality.nights import Sql

# Plausible speech lies at 1-6 words a second (Tauroza & Allison 1990: 130-250 words a minute); a turn outside 0.4-7
# is most likely a recognition error.
_SLOWEST_WPS, _FASTEST_WPS = 0.4, 7.0
# Word times may reach this far past the measured end of a recording (seconds).
_SLACK_S = 0.5


def raw_frames(nights: Sql) -> dict[str, str]:
    """Frame → query. `nights` is a SQL list of dates, such as "DATE '2026-11-23'"."""
    calls = Sql(f"(SELECT * FROM lake.raw.calls WHERE batch_date IN ({nights}) AND source = 'live')")
    here = f"batch_date IN ({nights})"
    return {
        "calls": f"""
            SELECT call_id, status, duration_s, overall_score,
                (status != 'scored') = (reason IS NOT NULL) AS has_reason_when_quarantined,
                status != 'scored' OR (rubric_sha256 IS NOT NULL AND model_fingerprint IS NOT NULL) AS is_traceable
            FROM {calls}
        """,
        "scores": f"""
            SELECT call_id, criterion_id, score, level, confidence, opportunity_count,
                (score IS NULL) = (level IS NULL) AND (score IS NULL) = (abstained_reason IS NOT NULL)
                    AS is_null_consistent
            FROM lake.raw.scores WHERE {here}
        """,
        "evidence": f"""
            SELECT e.call_id, e.criterion_id, e.start_s, e.quote, contains(t.text, e.quote) AS is_quote_verbatim,
                e.cue_quote IS NULL OR e.cue_quote = cue.text AS is_cue_verbatim,
                e.start_s >= 0 AND e.end_s >= e.start_s AND e.end_s <= c.duration_s + {_SLACK_S} AS is_inside_call
            FROM lake.raw.evidence e
            LEFT JOIN {calls} c USING (call_id)
            LEFT JOIN lake.raw.turns t ON t.call_id = e.call_id AND t.turn_index = e.turn_index
                AND t.batch_date IN ({nights})
            LEFT JOIN lake.raw.turns cue ON cue.call_id = e.call_id AND cue.turn_index = e.cue_turn_index
                AND cue.batch_date IN ({nights})
            WHERE e.batch_date IN ({nights}) AND c.call_id IS NOT NULL
        """,
        "turns": f"""
            SELECT call_id, turn_index, start_s, end_s, end_s >= start_s AS is_forward,
                CASE WHEN end_s - start_s >= 2
                    THEN len(string_split(trim(text), ' ')) / (end_s - start_s)
                        BETWEEN {_SLOWEST_WPS} AND {_FASTEST_WPS} END AS is_rate_plausible
            FROM lake.raw.turns WHERE {here}
        """,
        "orphans": " UNION ALL ".join(
            f"""SELECT '{table}' AS table_name, call_id FROM lake.raw."{table}"
                WHERE {here} AND call_id NOT IN (SELECT call_id FROM lake.raw.calls WHERE {here})"""
            for table in ("turns", "signals", "scores", "evidence", "stage_timings")
        ),
    }


def raw_expectations(landed_count: int) -> list[Expected]:
    """The suite. `landed_count`: how many calls landed, counted at the landing zone."""
    return [
        rows("calls", landed_count, "Coverage: scored, asked and quarantined calls are all that landed."),
        one_of("calls", "status", ["scored", "asked", "quarantined"], "A call is scored, asked about or quarantined."),
        true("calls", "has_reason_when_quarantined", "A call without scores has its reason, a scored one has none."),
        true("calls", "is_traceable", "A scored call names its rubric and models."),
        between("calls", "overall_score", 0, 100, "The overall score is 0-100 or NULL."),
        between("scores", "score", 0, 100, "Scores are 0-100 or NULL."),
        one_of("scores", "level", ["good", "average", "poor"], "Levels are good, average or poor, or NULL."),
        between("scores", "confidence", 0, 1, "Confidence is 0-1."),
        true("scores", "is_null_consistent", "No score means no level and a reason why; a score means both."),
        true("evidence", "is_quote_verbatim", "Every evidence quote is verbatim in its turn."),
        true("evidence", "is_cue_verbatim", "Every cue quote is its turn's text."),
        true("evidence", "is_inside_call", "Every evidence time lies inside the call."),
        rows("orphans", 0, "No turn, signal, score, evidence or timing without its call."),
        true("turns", "is_forward", "A turn does not end before it starts."),
        true("turns", "is_rate_plausible", "Speaking rates are plausible.", mostly=0.97, is_blocking=False),
    ]
