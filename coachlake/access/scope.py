"""The rows and columns of one viewer as SQL: what stands instead of a table when they read it."""

import hashlib
from collections.abc import Mapping

from coachlake.access.tables import About
from coachlake.access.viewer import Viewer
from coachlake.lake.sql import Sql, data_type, identifier, listed, literal

_TRUE, _FALSE = Sql("true"), Sql("false")


def select_for(
    viewer: Viewer, about: About, source: Sql, kinds: Mapping[str, str], *, calls: Sql, reps: Sql, key: str
) -> Sql:
    """The SELECT a viewer's view of the table `source` is made of. `kinds`: its columns with their types, in order.

    `calls` and `reps`: the tables that say whose a call and whose team a rep is, whole. `key`: what pseudonyms are
    made with.
    """
    plain = rows_of(viewer, about, calls, reps)
    if not viewer.sees_pseudonyms_of_all or about.owner == "all":
        return Sql(f"SELECT * FROM {source} AS t WHERE {plain}")
    if about.owner == "centre":  # names nobody; what was said is hidden all the same
        plain = _FALSE
    columns = Sql(", ".join([_column(name, kind, about, plain, key) for name, kind in kinds.items()]))
    return Sql(f"SELECT {columns} FROM {source} AS t")


def rows_of(viewer: Viewer, about: About, calls: Sql, reps: Sql) -> Sql:
    """The rows of a table that a viewer reads as they are, as a condition on `t`."""
    if viewer.sees_all or about.owner == "all":
        return _TRUE
    if about.owner == "centre":
        return _TRUE if viewer.sees_figures else _FALSE
    teams, figures = listed(sorted(viewer.own_teams)), _TRUE if viewer.sees_figures else _FALSE
    me = literal(viewer.own_rep_id) if viewer.own_rep_id else Sql("NULL")
    mine = Sql(f"(rep_id = {me} OR team_id IN ({teams}))")
    my_reps = Sql(f"(SELECT rep_id FROM {reps} WHERE {mine})")
    if about.owner == "rep":
        return mine
    if about.owner == "rep alone":  # who is not published yet reads their own too
        return Sql(f"(t.rep_id = {me} OR t.rep_id IN {my_reps})")
    if about.owner == "call":
        return Sql(f"t.call_id IN (SELECT call_id FROM {calls} WHERE {mine})")
    return Sql(
        f"CASE t.scope WHEN 'rep' THEN t.scope_id IN {my_reps} WHEN 'team' THEN t.scope_id IN ({teams}) "
        f"ELSE {figures} END"
    )


def _column(name: str, kind: str, about: About, plain: Sql, key: str) -> Sql:
    column = identifier("t", name)
    if name in about.words:
        hidden = Sql(f"CAST(NULL AS {data_type(kind)})")
    elif name in about.ids:
        # SHA-256 of a secret and the value: the same everywhere, so that tables join; nobody can try values out.
        hidden = Sql(f"CASE WHEN {column} IS NOT NULL THEN left(sha256(concat({literal(key)}, {column})), 12) END")
    else:
        return column
    return Sql(f"CASE WHEN {plain} THEN {column} ELSE {hidden} END AS {identifier(name)}")


def scope_key(viewer: Viewer) -> str:
    """Equal for viewers who see the same: what is cached for one may be shown to the other."""
    seen = (
        viewer.sees_all,
        viewer.sees_pseudonyms_of_all,
        viewer.sees_figures,
        viewer.own_rep_id,
        sorted(viewer.own_teams),
    )
    return hashlib.sha256(repr(seen).encode()).hexdigest()
