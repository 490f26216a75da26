"""A reader of a lake that nobody has written yet is told so, whatever the catalog."""

from dataclasses import replace
from pathlib import Path

import pytest

from coachlake.lake.connection import lake
from coachlake.landing.known import known_calls
from coachlake.settings import Settings


def test_an_embedded_catalog_whose_first_writer_was_killed_holds_no_lake(empty_settings: Settings) -> None:
    place = Path(empty_settings.catalog.removeprefix("sqlite:"))
    place.parent.mkdir(parents=True)
    place.touch()
    with pytest.raises(FileNotFoundError, match="no lake"), lake(empty_settings, read_only=True):
        pass


def test_a_new_postgresql_catalog_holds_no_lake_and_gets_none_by_being_asked(
    empty_settings: Settings, postgres: str
) -> None:
    remote = replace(empty_settings, catalog=f"postgres:{postgres}")
    for _ in range(2):
        with known_calls(remote) as connection:
            assert connection is None
        with pytest.raises(FileNotFoundError, match="no lake"), lake(remote, read_only=True):
            pass
