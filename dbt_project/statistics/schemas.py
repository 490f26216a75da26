"""Columns of what the statistics return, so that an empty result has the same types as a full one."""

import pandas as pd
import pyarrow as pa

_TEXT, _COUNT, _NUMBER = pa.string(), pa.int64(), pa.float64()


def _fields(kind: pa.DataType, names: str) -> list[tuple[str, pa.DataType]]:
    return [(name, kind) for name in names.split()]


CORRELATIONS = pa.schema(
    [
        *_fields(_TEXT, "rubric_id criterion_id outcome scope queue method"),
        *_fields(_COUNT, "n n_reps"),
        *_fields(_NUMBER, "r r_low r_high p q minimum_detectable_r"),
        *_fields(_NUMBER, "adjusted_effect adjusted_low adjusted_high adjusted_p adjusted_q"),
        *_fields(_NUMBER, "adjusted_r adjusted_r_low adjusted_r_high"),
    ]
)
SAMPLE_WEEKS = pa.schema(
    [
        ("sample_share", _NUMBER),
        *_fields(_TEXT, "rep_id team_id"),
        ("week_start_on", pa.date32()),
        ("call_count", _COUNT),
        *_fields(_NUMBER, "sampled_calls mean_score missed wrong_level unsampled"),
        ("is_bad", pa.bool_()),
        ("means", pa.list_(_NUMBER)),
    ]
)
SAMPLING_COMPARISONS = pa.schema(
    [
        ("sample_share", _NUMBER),
        ("rep_id", _TEXT),
        *_fields(_COUNT, "week_count bad_week_count"),
        *_fields(_NUMBER, "calls_per_week sampled_calls_per_week wrong_level_share unsampled_week_share"),
        *_fields(_NUMBER, "missed_bad_week_share missed_bad_week_share_low missed_bad_week_share_high"),
    ]
)
SAMPLING_PRICES = pa.schema(
    [
        ("sample_share", _NUMBER),
        *_fields(_COUNT, "n_weeks n_bad_weeks"),
        *_fields(_NUMBER, "missed_bad_week_share missed_bad_week_share_low missed_bad_week_share_high"),
        *_fields(_NUMBER, "wrong_rep_share wrong_rep_share_low wrong_rep_share_high"),
    ]
)
TRANSFERS = pa.schema(
    [
        *_fields(_TEXT, "rubric_id criterion_id"),
        *_fields(_COUNT, "n_practised n_not_practised"),
        *_fields(_NUMBER, "change_practised change_not_practised difference difference_low difference_high p"),
    ]
)


def to_table(rows: pd.DataFrame, schema: pa.Schema) -> pa.Table:
    """`rows` under `schema`: NaN becomes NULL, columns the schema does not name are left out."""
    if rows.empty:  # pandas knows no column types then
        return schema.empty_table()
    return pa.Table.from_pandas(rows.reindex(columns=schema.names), schema=schema, preserve_index=False)
