"""Roles from a file and from claims; what is wrong lets nobody in."""

from pathlib import Path

import pytest

from coachlake.access.people import Access, AccessError, read_access, viewer_of
from coachlake.access.viewer import Role, Viewer

_FILE = """
[people."Maria@Centre.example"]
roles = ["coach", "rep"]
rep_id = "r-7"
teams = ["north"]

[claims]
roles = "centre_roles"
rep_id = "centre_rep"
teams = "centre_teams"
quotes = "centre_quotes"
"""


@pytest.fixture
def access(tmp_path: Path) -> Access:
    path = tmp_path / "people.toml"
    path.write_text(_FILE, encoding="utf-8")
    return read_access(path)


def test_the_file_names_people_by_their_address(access: Access) -> None:
    found = viewer_of({"email": "maria@centre.example", "email_verified": True, "centre_roles": ["admin"]}, access)
    expected = Viewer("maria@centre.example", frozenset({Role.COACH, Role.REP}), "r-7", frozenset({"north"}))
    assert found == expected, "the file comes before what the provider claims"


def test_claims_say_it_of_others(access: Access) -> None:
    claims = {
        "email": "lee@centre.example",
        "centre_roles": ["leader", "of the pack"],
        "centre_teams": "south",
        "centre_rep": 7,
        "centre_quotes": True,
    }
    found = viewer_of(claims, access)
    assert found == Viewer(
        "lee@centre.example", frozenset({Role.LEADER}), None, frozenset({"south"}), is_granted_quotes=True
    )


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": "new@centre.example"},
        {"email": "maria@centre.example", "email_verified": False, "sub": "x1"},
        {"email": ["maria@centre.example"]},
        {"sub": "x1", "centre_roles": "of the pack"},
        {"sub": "x1", "centre_roles": {"admin": True}},
    ],
)
def test_nobody_else_is_anybody(access: Access, claims: dict[str, object]) -> None:
    assert viewer_of(claims, access) is None


def test_without_a_file_or_named_claims_nobody_has_a_role(tmp_path: Path) -> None:
    access = read_access(tmp_path / "none.toml")
    assert viewer_of({"email": "maria@centre.example", "roles": ["admin"], "None": ["admin"]}, access) is None


@pytest.mark.parametrize(
    "text",
    ["[people", '[people."x"]\nroles = ["boss"]', '[people."x"]\nrole = "rep"', '[claim]\nroles = "r"', "people = 3"],
)
def test_a_file_that_is_wrong_says_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "people.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AccessError, match=r"people\.toml"):
        read_access(path)
