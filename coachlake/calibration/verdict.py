"""What a criterion's figures mean for the people who review: go on, stop, or sharpen the anchors instead."""

from math import ceil, isnan

from coachlake.calibration.agreement import Agreement
from coachlake.calibration.cut_points import LEAST_CALLS, Gain
from coachlake.calibration.rank import Learned

# Reviewed calls that a criterion should not take more than (the aim of the calibration; `benchmarks/
# calibration_simulation.py` shows what is reached by then).
AIM_CALLS = 50
# Agreement this close to that of two people is theirs; below so many calls it may be luck.
_NEAR, _LEAST_TO_SAY = 0.05, 20
# An interval of kappa this wide to either side is enough to act on.
_HALF_WIDTH = 0.15


def is_at_ceiling(machine: Agreement, people: Agreement | None) -> bool:
    """Whether machine and people agree as well as people among themselves (to within .05, on 20 calls or more)."""
    if people is None or isnan(people.weighted_kappa.value) or isnan(machine.weighted_kappa.value):
        return False
    return machine.n >= _LEAST_TO_SAY and machine.weighted_kappa.value >= people.weighted_kappa.value - _NEAR


def labels_worth_collecting(machine: Agreement, people: Agreement | None) -> int:
    """How many more reviewed calls would still tell something; 0 where the ceiling is reached or 50 are there.

    An interval narrows with the root of n: so many calls that kappa is known to ± .15, within 20 and 50 in all.
    """
    if is_at_ceiling(machine, people):
        return 0
    kappa = machine.weighted_kappa
    if isnan(kappa.low):
        return max(0, _LEAST_TO_SAY - machine.n)
    half_width = (kappa.high - kappa.low) / 2
    needed = ceil(machine.n * (half_width / _HALF_WIDTH) ** 2)
    return max(0, min(AIM_CALLS, max(_LEAST_TO_SAY, needed)) - machine.n)


def says(machine: Agreement, people: Agreement | None, gain: Gain, worth: int, learned: Learned | None = None) -> str:
    """The figures in a sentence or two. `learned`: the ranking tried, kept or not."""
    parts = [_agreement(machine, people)]
    if learned:
        parts.append(_ranking(learned))
    if learned and learned.is_kept:
        parts.append(f"Weighted kappa there goes from {gain.kappa_before:.2f} to {gain.kappa_after:.2f}.")
    elif gain.is_kept:
        parts.append(
            f"Moving the cut-points raises it on unseen calls from {gain.kappa_before:.2f} to {gain.kappa_after:.2f}."
        )
    elif machine.n >= LEAST_CALLS:
        parts.append("Other cut-points did not help on unseen calls.")
    if is_at_ceiling(machine, people):
        parts.append("That is as good as two people agree: more reviews would tell nothing new.")
    elif worth:
        parts.append(f"{worth} more reviewed calls are worth collecting.")
    else:
        parts.append("More reviews would not help: sharpen the anchors where people and machine disagree.")
    return " ".join(parts)


def _ranking(learned: Learned) -> str:
    change = (
        f"the rank correlation on unseen calls from {learned.before:.2f} to {learned.after:.2f} "
        f"(gain {learned.after - learned.before:+.2f}, 95 % {learned.low:+.2f} to {learned.high:+.2f})"
    )
    if not learned.is_kept:
        return f"A ranking learned from {learned.n_labels} reviews would move {change}: the scores stay as they are."
    return (
        f"A ranking learned from {learned.n_labels} reviews moves {change}. Of reviews of unseen calls "
        f"{learned.disagree_share:.0%} still have another level, {learned.far_share:.0%} one two levels away."
    )


def _agreement(machine: Agreement, people: Agreement | None) -> str:
    if isnan(machine.weighted_kappa.value):
        return f"Too little to say after {machine.n} reviewed calls."
    text = f"Weighted kappa {machine.weighted_kappa.value:.2f} over {machine.n} calls"
    if people is None or isnan(people.weighted_kappa.value):
        return text + "; no call has two reviewers, so the ceiling is unknown."
    return text + f", between two people {people.weighted_kappa.value:.2f}."
