"""Raw table contracts as Dagster metadata, so the catalogue shows columns and rows."""

import dagster as dg
import duckdb

from coachlake.lake.sql import Sql, identifier
from coachlake.lake.tables import RAW_TABLES


def column_schema(table: str) -> dg.TableSchema:
    """The contract of raw.`table` as Dagster's column schema."""
    return dg.TableSchema([dg.TableColumn(field.name, str(field.type)) for field in RAW_TABLES[table]])


def row_count(connection: duckdb.DuckDBPyConnection, table: str, where: Sql = Sql("true")) -> int:
    """Rows of lake.`table` ("raw.calls") that fulfil `where`."""
    source = identifier("lake", *table.split("."))
    row = connection.execute(f"SELECT count(*) FROM {source} WHERE {where}").fetchone()
    return int(row[0]) if row else 0
