"""A pack as HTML: inside the app, and as a file of its own that prints on A4 and reads on a phone."""

from base64 import b64encode

from coachlake.display.formatting import LEVEL_NAMES, day, html, number
from coachlake.display.style import FONT, INK, LEVEL_COLOURS, MUTED, REP, RULE
from coachlake.packs import sentences
from coachlake.packs.content import Moment, Pack, Point

CSS = f"""
.pack {{ font-family: {FONT}; color: {INK}; line-height: 1.45; max-width: 44rem; }}
.pack .title {{ font-size: 1.3rem; font-weight: 600; margin: 0; padding: 0; }}
.pack h1.title {{ font-size: 1.75rem; }}
.pack .part {{ font-weight: 600; font-size: 1.12rem; margin: 1.4rem 0 .4rem; padding: 0; }}
.pack p {{ margin: .2rem 0; }}
.pack .small {{ color: {MUTED}; font-size: .82rem; }}
.pack .moment {{ border-left: 3px solid {RULE}; padding-left: .8rem; margin: 0 0 1rem; break-inside: avoid; }}
.pack .moment .head {{ margin: 0; padding: 0; }}
.pack a {{ color: {REP}; }}
.pack img {{ width: 100%; height: auto; max-width: 30rem; }}
.pack ul {{ margin: .2rem 0; padding-left: 1.1rem; }}
.pack .lines {{ height: 5.4rem; margin-bottom: .8rem; break-inside: avoid;
  background: repeating-linear-gradient(to bottom, transparent 0 1.7rem, {RULE} 1.7rem calc(1.7rem + 1px)); }}
"""
_PRINT = "@page { size: A4; margin: 16mm; } body { margin: 1.2rem; } @media print { body { margin: 0; } }"


def pack_html(pack: Pack, level: int = 2) -> str:
    """The pack as a fragment with its own styles; its title is a heading of `level`."""
    part, end = f'h{level + 1} class="part"', f"h{level + 1}"
    moments = "".join(_moment(moment) for moment in pack.moments) or "<p>No moment to discuss in this period.</p>"
    strength = _moment(pack.strength) if pack.strength else "<p>No clearly good moment in this period.</p>"
    practice = "".join(f"<li>{html(sentences.agreed(item))}</li>" for item in pack.practice)
    notes = "".join(
        f'<p class="small">{note}</p><div class="lines" aria-hidden="true"></div>' for note in sentences.NOTES
    )
    why = f"<p><strong>Work on:</strong> {html(pack.priority_reason)}</p>" if pack.priority_reason else ""
    return (
        f'<style>{CSS}</style><article class="pack"><h{level} class="title">{html(sentences.title(pack))}</h{level}>'
        f'<p class="small">{html(sentences.period(pack))}</p><p>{html(sentences.summary(pack))}</p>{why}'
        f"<{part}>Moments to discuss</{end}>{moments}<{part}>A strength to keep</{end}>{strength}"
        f"<{part}>Trend</{end}>{_trend(pack.trend)}"
        f"<{part}>Agreed practice</{end}>{f'<ul>{practice}</ul>' if practice else '<p>None open.</p>'}"
        f"<{part}>Notes</{end}>{notes}</article>"
    )


def pack_document(pack: Pack) -> str:
    """The pack as an HTML file."""
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{html(sentences.title(pack))}, {html(sentences.period(pack))}</title><style>{_PRINT}</style></head>"
        f"<body>{pack_html(pack, level=1)}</body></html>"
    )


def _moment(moment: Moment) -> str:
    colour = LEVEL_COLOURS[moment.level]
    cue = f"<p>Customer: “{html(moment.cue_quote)}”</p>" if moment.cue_quote else ""
    return (
        f'<section class="moment" style="border-left-color:{colour}">'
        f'<p class="head"><strong>{html(sentences.heading(moment))}</strong></p>{cue}'
        f"<p>Rep: “{html(moment.quote)}”</p>"
        f'<p class="small"><strong style="color:{colour}">{LEVEL_NAMES[moment.level]}.</strong> {html(moment.why)}</p>'
        f'<p><a href="{html(moment.url)}" target="_self">{sentences.way_in(moment)}</a></p></section>'
    )


def _trend(points: tuple[Point, ...]) -> str:
    says = html(sentences.trend(points))
    places = plot(points, 440, 90)
    if not places:
        return f"<p>{says}</p>"
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{REP}"/>{_label(x, y - 9, number(point.mean), "middle", INK)}'
        + _label(x, 116, f"n {point.call_count}", "middle", MUTED)
        for x, y, point in places
    )
    ends = "".join(
        _label(x, 136, day(point.start_on), anchor, MUTED)
        for x, point, anchor in ((2, places[0][2], "start"), (458, places[-1][2], "end"))
    )
    drawing = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 460 142" font-family="sans-serif">'
        f'<polyline points="{line}" fill="none" stroke="{REP}" stroke-width="2"/>{marks}{ends}</svg>'
    )
    # As an image: pages that take HTML from elsewhere drop inline drawings.
    caption = f'<p class="small">{html(sentences.TREND)}</p>'
    return f'{caption}<img alt="{says}" src="data:image/svg+xml;base64,{b64encode(drawing.encode()).decode()}">'


def _label(x: float, y: float, text: str, anchor: str, colour: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="14" text-anchor="{anchor}" fill="{colour}">{html(text)}</text>'


def plot(points: tuple[Point, ...], width: float, height: float) -> list[tuple[float, float, Point]]:
    """Places of the trend's points in a box with its origin at the top left; none with fewer than two known means.

    The scale is 0–100 cut to the range in use, at least 20 points high, so that noise does not look like a change.
    """
    known = [point for point in points if point.mean is not None]
    if len(known) < 2:
        return []
    means = [point.mean or 0.0 for point in known]
    middle, half = (min(means) + max(means)) / 2, max(20.0, max(means) - min(means)) / 2
    step = (width - 40) / (len(known) - 1)
    return [
        (20 + step * i, 24 + (1 - (mean - middle + half) / (2 * half)) * (height - 28), point)
        for i, (mean, point) in enumerate(zip(means, known, strict=True))
    ]
