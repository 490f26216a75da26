"""One step of the scale benchmark in a process of its own: a night delivered again replaces its rows."""

import sys
from datetime import date

from coachlake.lake.connection import lake
from coachlake.lake.sql import identifier, literal
from coachlake.lake.tables import PER_CALL_TABLES
from coachlake.lake.writer import replace_calls
from coachlake.settings import load_settings


def main() -> None:
    """Read the night given from the raw tables and write it again."""
    settings = load_settings()
    with lake(settings, read_only=True) as connection:
        night = literal(date.fromisoformat(sys.argv[1]))
        tables = {
            name: connection.execute(
                f"SELECT * FROM {identifier('lake', 'raw', name)} WHERE batch_date = {night}"
            ).to_arrow_table()
            for name in PER_CALL_TABLES
        }
    replace_calls(settings, tables)


if __name__ == "__main__":
    main()
