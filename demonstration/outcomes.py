"""What customers do afterwards: satisfaction and conversion that depend on latent skill, on the queue, and on luck."""

import numpy as np

# Planted effects on CSAT (points over the whole range of a skill). Open questions and adaptability have none: an
# analysis that finds one there is wrong. The hard queue lowers CSAT whoever picks up.
CSAT_EFFECTS = {"empathy": 1.6, "active_listening": 0.9, "resolution_confidence": 0.7, "emotional_regulation": 0.6}
HARD_QUEUE_CSAT = -0.7
# Log-odds over the whole range of a skill, sales calls only.
CONVERSION_EFFECTS = {"active_listening": 2.4, "next_step": 1.2}
_CSAT_NOISE, _ANSWERS_SURVEY = 0.7, 0.7


def draw_outcome(
    rng: np.random.Generator, skills: dict[str, float], *, is_hard_queue: bool, is_sales: bool
) -> tuple[int | None, bool | None]:
    """CSAT 1–5 (None where the customer ignores the survey) and conversion (None where nothing was on sale)."""
    mean = 3.3 + sum(effect * (skills[name] - 0.55) for name, effect in CSAT_EFFECTS.items())
    mean += HARD_QUEUE_CSAT if is_hard_queue else 0.0
    csat = int(np.clip(round(rng.normal(mean, _CSAT_NOISE)), 1, 5)) if rng.random() < _ANSWERS_SURVEY else None
    if not is_sales:
        return csat, None
    odds = -1.0 + sum(effect * (skills[name] - 0.55) for name, effect in CONVERSION_EFFECTS.items())
    return csat, bool(rng.random() < 1 / (1 + np.exp(-odds)))
