"""Who looks, and how far: a person with their roles. Every reading of the lake by the app is on behalf of one."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """What a person is to the centre. Somebody may be several: they see what any of their roles sees."""

    REP = "rep"  # their own calls, scores and packs
    COACH = "coach"  # everything of their teams
    LEADER = "leader"  # figures of every team under pseudonyms; names, quotes and calls where granted
    DATA_SCIENTIST = "data scientist"  # every row under pseudonyms, without a word that was said
    ADMIN = "admin"  # everything, and who looked at what


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person the app serves. `person` is the address they signed in with; it names them in reviews and the audit.

    `rep_id` is needed for the role rep, `teams` (team_ids) for the role coach; a role without gives nothing.
    """

    person: str
    roles: frozenset[Role]
    rep_id: str | None = None
    teams: frozenset[str] = frozenset()
    is_granted_quotes: bool = False
    is_signed_in: bool = True

    @property
    def own_rep_id(self) -> str | None:
        """The rep they are, None for anybody else."""
        return self.rep_id if Role.REP in self.roles else None

    @property
    def own_teams(self) -> frozenset[str]:
        """The teams they coach."""
        return self.teams if Role.COACH in self.roles else frozenset()

    def sees(self, rep_id: str | None, team_id: str | None) -> bool:
        """Whether a row of this rep and team is theirs to read as it is."""
        is_own = rep_id is not None and rep_id == self.own_rep_id
        return self.sees_all or is_own or (team_id is not None and team_id in self.own_teams)

    @property
    def sees_all(self) -> bool:
        """Whether every row is theirs to read as it is."""
        return Role.ADMIN in self.roles or (Role.LEADER in self.roles and self.is_granted_quotes)

    @property
    def sees_pseudonyms_of_all(self) -> bool:
        """Whether they see every row, those that are not theirs under pseudonyms and without what was said."""
        return not self.sees_all and bool(self.roles & {Role.LEADER, Role.DATA_SCIENTIST})

    @property
    def sees_figures(self) -> bool:
        """Whether they see figures of the whole centre, which name nobody."""
        return bool(self.roles - {Role.REP})

    @property
    def may_decide(self) -> bool:
        """Whether they may review blind, say who the rep of a call is and assign practice, within what they see."""
        return bool(self.roles & {Role.COACH, Role.ADMIN})


# Without sign-in the app listens on the loopback interface alone: who is at this machine has the files anyway.
LOCAL = Viewer("", frozenset({Role.ADMIN}), is_signed_in=False)
