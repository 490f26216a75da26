"""95 % intervals for what the app aggregates itself; marts bring their own."""

from math import nan, sqrt

FEWEST = 3  # observations below which a mean or share is shown with n only: two leave a t-interval of ±9 sd
_Z = 1.959964
_SMALL = {2: 4.3027, 3: 3.1824}  # t quantiles by degrees of freedom, where the expansion is coarse


def t_margin(sd: float, n: float) -> float:
    """Half the width of a 95 % t-interval of a mean over `n` observations; NaN below `FEWEST`.

    The t quantile by expansion (Abramowitz & Stegun 26.7.5): within 0.5 % from four degrees of freedom on.
    """
    if not n >= FEWEST:
        return nan
    v = n - 1
    z3, z5, z7 = _Z**3, _Z**5, _Z**7
    quantile = (
        _Z
        + (z3 + _Z) / (4 * v)
        + (5 * z5 + 16 * z3 + 3 * _Z) / (96 * v**2)
        + (3 * z7 + 19 * z5 + 17 * z3 - 15 * _Z) / (384 * v**3)
    )
    return float(_SMALL.get(int(v), quantile) * sd / sqrt(n))


def wilson(hits: float, n: float) -> tuple[float, float]:
    """Wilson's 95 % interval of a share (Wilson 1927); NaN below `FEWEST` trials."""
    if not n >= FEWEST:
        return nan, nan
    p = hits / n
    centre = p + _Z**2 / (2 * n)
    spread = _Z * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    return max(0.0, (centre - spread) / (1 + _Z**2 / n)), min(1.0, (centre + spread) / (1 + _Z**2 / n))
