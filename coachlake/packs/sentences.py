"""The sentences of a pack, the same on the page and in the PDF."""

from coachlake.display.formatting import clock, day, interval, named, number, plural, signed
from coachlake.display.intervals import FEWEST
from coachlake.packs.content import Agreed, Moment, Pack, Point

TREND = "Overall score, 0–100, by period; n: its scored calls."
NOTES = ("What I heard", "What we agreed", "What to look at next time")


def title(pack: Pack) -> str:
    """`1:1 with Jonas`."""
    return f"1:1 with {pack.rep_name}"


def period(pack: Pack) -> str:
    """Team and period."""
    return f"Team {named(pack.team_id)} · {day(pack.start_on)} to {day(pack.end_on)}"


def summary(pack: Pack) -> str:
    """Calls, the mean with its interval, and the change on the own period before."""
    spread = interval(pack.low, pack.high) if pack.call_count >= FEWEST else ""
    text = f"{plural(pack.call_count, 'scored call')}. Overall score {number(pack.mean)}"
    text += f" (95 % interval {spread})" if spread else " (too few calls to say how sure that is)"
    if pack.change is not None:
        text += f", {signed(pack.change)} on the period before"
    return text + "."


def heading(moment: Moment) -> str:
    """Skill, call and second."""
    return f"{moment.criterion_name} · {moment.call_id} at {clock(moment.start_s)}"


def agreed(item: Agreed) -> str:
    """An assignment in a line."""
    due = f", due {day(item.due_on)}" if item.due_on else ""
    state = f"{item.status}, {plural(item.attempt_count, 'attempt')}"
    return f"{named(item.criterion)}: {named(item.scenario)}{due} ({state})"


def way_in(moment: Moment) -> str:
    """What the link to a moment does."""
    return "Hear it from this second" if moment.is_recorded else "Read it in the call (no recording)"


def trend(points: tuple[Point, ...]) -> str:
    """The trend as a sentence, which is also the drawing's text alternative."""
    known = [point for point in points if point.mean is not None]
    if len(known) < 2:
        return "Too few periods for a trend."
    told = ", ".join(f"{number(point.mean)} (n {point.call_count})" for point in known)
    return f"Overall score, 0–100, over {len(known)} periods and its calls: {told}."
