"""What is said of an audit's answer: that nothing was checked is never said as that nothing was found."""

from supply_chain.audit import CLEAN, FOUND, UNREACHABLE, told

_UNKNOWN = {"name": "srt", "skip_reason": "Dependency not found on PyPI and could not be audited: srt (3.5.3)"}
_CLEAN = {"name": "rich", "version": "15.0.0", "vulns": []}
_HIT = {"name": "jinja2", "version": "3.1.2", "vulns": [{"id": "PYSEC-1", "fix_versions": ["3.1.3"], "aliases": []}]}


def test_no_answer_is_not_a_pass() -> None:
    for packages in ([], [_UNKNOWN], [_UNKNOWN, _UNKNOWN]):
        code, (line,) = told(packages)
        assert code == UNREACHABLE
        assert "NOT CHECKED" in line


def test_a_known_advisory_is_named_with_what_mends_it() -> None:
    code, lines = told([_CLEAN, _HIT])
    assert code == FOUND
    assert lines == ["advisories: 1 known for 2 packages", "jinja2 3.1.2: PYSEC-1, mended in 3.1.3"]


def test_packages_that_no_database_knows_are_named() -> None:
    assert told([_CLEAN, _UNKNOWN]) == (CLEAN, ["advisories: none known for 1 packages", "not checked: srt"])
