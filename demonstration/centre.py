"""Who works in the demonstration contact centre, and how good they are at what, week by week."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

TEAMS = {"harbour": "insurance_service", "summit": "outbound_sales", "signal": "technical_support"}
SKILLS = (
    "empathy",
    "active_listening",
    "interruptions",
    "open_questions",
    "resolution_confidence",
    "emotional_regulation",
    "adaptability",
    "next_step",
)
WEEKS = 12
_NAMES = ("Ana", "Ben", "Chloe", "Dev", "Elena", "Femi", "Grace", "Hugo", "Ines", "Jonas", "Kira", "Liam")
# Latent skill is 0–1. Spread between reps, weekly drift of most reps, and the drop of the one who burns out.
_SPREAD, _DRIFT, _DROP = 0.18, 0.012, 0.35


@dataclass(frozen=True, slots=True)
class Rep:
    """A rep: `skills` maps skill → its latent level (0–1) in each of the 12 weeks, the last the week of the night."""

    rep_id: str
    name: str
    team_id: str
    rubric_id: str
    hired_on: date
    skills: dict[str, tuple[float, ...]]


def contact_centre(seed: int, night: date) -> list[Rep]:
    """Twelve reps in three teams. Planted: one rep's regulation and empathy collapse from week 8 on, one rep improves
    in listening after week 6, everybody else drifts a little."""
    rng = np.random.default_rng([seed, 1])
    teams = list(TEAMS)
    reps = []
    for index, name in enumerate(_NAMES):
        team = teams[index % len(teams)]
        skills = {skill: _trajectory(rng, index, skill) for skill in SKILLS}
        hired = night - timedelta(days=int(rng.integers(60, 2400)))
        reps.append(Rep(f"rep-{index + 1:02d}", name, team, TEAMS[team], hired, skills))
    return reps


def _trajectory(rng: np.random.Generator, index: int, skill: str) -> tuple[float, ...]:
    level = rng.normal(0.58, _SPREAD)
    drift = rng.normal(0, _DRIFT)
    weeks = np.arange(WEEKS)
    path = level + drift * weeks
    if index == 3 and skill in ("empathy", "emotional_regulation"):
        path = np.where(weeks >= 7, 0.72 - _DROP, 0.72)
    if index == 7 and skill == "active_listening":
        path = np.where(weeks >= 6, 0.75, 0.38)
    return tuple(float(value) for value in np.clip(path, 0.05, 0.95))
