"""A pack as a PDF for the printer, drawn by ReportLab: no browser on the server."""

import io
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from coachlake.display.formatting import LEVEL_NAMES, day, number
from coachlake.display.style import INK, LEVEL_COLOURS, MUTED, REP, RULE
from coachlake.packs import sentences
from coachlake.packs.content import Moment, Pack
from coachlake.packs.page import plot

_MARGIN, _WIDTH = 56.0, 471.0  # beside the text, and of the text (A4 less margins and a frame's padding), points
_LINES = 6  # for each kind of note; they have a page of their own


def pack_pdf(pack: Pack) -> bytes:
    """The pack as an A4 PDF with links into the app."""
    from reportlab.lib.pagesizes import A4
    from reportlab.platypus import KeepTogether, Paragraph, SimpleDocTemplate, Spacer

    styles = _styles()
    story: list[Any] = [
        Paragraph(escape(sentences.title(pack)), styles["title"]),
        Paragraph(escape(sentences.period(pack)), styles["small"]),
        Spacer(0, 6),
        Paragraph(escape(sentences.summary(pack)), styles["body"]),
    ]
    if pack.priority_reason:
        story.append(Paragraph(f"<b>Work on:</b> {escape(pack.priority_reason)}", styles["body"]))
    story.append(Paragraph("Moments to discuss", styles["section"]))
    story += [_moment(moment, styles) for moment in pack.moments] or [_plain("No moment to discuss.", styles)]
    story.append(Paragraph("A strength to keep", styles["section"]))
    story.append(_moment(pack.strength, styles) if pack.strength else _plain("No clearly good moment.", styles))
    story.append(KeepTogether([Paragraph("Trend", styles["section"]), *_trend(pack, styles)]))
    practice = [_plain(sentences.agreed(item), styles) for item in pack.practice] or [_plain("None open.", styles)]
    story.append(KeepTogether([Paragraph("Agreed practice", styles["section"]), *practice]))
    head, *more = [[Paragraph(note, styles["small"]), _lines(), Spacer(0, 10)] for note in sentences.NOTES]
    story += [KeepTogether([Paragraph("Notes", styles["section"]), *head]), *(KeepTogether(part) for part in more)]
    buffer = io.BytesIO()
    document = SimpleDocTemplate(
        buffer, pagesize=A4, leftMargin=_MARGIN, rightMargin=_MARGIN, topMargin=48, bottomMargin=44,
        title=f"{sentences.title(pack)}, {sentences.period(pack)}", author="coachlake", lang="en",
    )  # fmt: skip
    foot = _footer(f"{sentences.title(pack)} · {sentences.period(pack)}")
    document.build(story, onFirstPage=foot, onLaterPages=foot)
    return buffer.getvalue()


def _footer(text: str) -> Any:
    """Printed sheets part: each says whose it is."""

    def draw(canvas: Any, document: Any) -> None:
        from reportlab.lib.colors import HexColor

        canvas.setFont(_fonts()[0], 8)
        canvas.setFillColor(HexColor(MUTED))
        canvas.drawString(_MARGIN + 6, 24, text)
        canvas.drawRightString(document.pagesize[0] - _MARGIN - 6, 24, f"Page {canvas.getPageNumber()}")

    return draw


def _plain(text: str, styles: dict[str, Any]) -> Any:
    from reportlab.platypus import Paragraph

    return Paragraph(escape(text), styles["body"])


def _moment(moment: Moment, styles: dict[str, Any]) -> Any:
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import KeepTogether, Paragraph, Spacer, Table, TableStyle

    colour = LEVEL_COLOURS[moment.level]
    level = f'<font color="{colour}"><b>{LEVEL_NAMES[moment.level]}.</b></font>'
    parts = [Paragraph(f"<b>{escape(sentences.heading(moment))}</b>", styles["body"])]
    if moment.cue_quote:
        parts.append(Paragraph(f"Customer: “{escape(moment.cue_quote)}”", styles["body"]))
    parts += [
        Paragraph(f"Rep: “{escape(moment.quote)}”", styles["body"]),
        Paragraph(f"{level} {escape(moment.why)}", styles["small"]),
        Paragraph(
            f'<a href="{escape(moment.url)}" color="{REP}">{sentences.way_in(moment)}: {escape(moment.url)}</a>',
            styles["small"],
        ),
    ]
    box = Table([[parts]], colWidths=[_WIDTH], hAlign="LEFT")
    box.setStyle(
        TableStyle(
            [
                ("LINEBEFORE", (0, 0), (0, -1), 2.5, HexColor(colour)),
                ("LEFTPADDING", (0, 0), (-1, -1), 10),
                ("TOPPADDING", (0, 0), (-1, -1), 0),
                ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
            ]
        )
    )
    return KeepTogether([box, Spacer(0, 8)])


def _trend(pack: Pack, styles: dict[str, Any]) -> list[Any]:
    from reportlab.graphics.shapes import Circle, Drawing, PolyLine, String
    from reportlab.lib.colors import HexColor
    from reportlab.platypus import Paragraph

    height = 106.0
    places = plot(pack.trend, 440, 68)
    if not places:
        return [_plain(sentences.trend(pack.trend), styles)]
    drawing, font = Drawing(_WIDTH, height), _fonts()[0]

    def label(x: float, y: float, text: str, colour: str, anchor: str = "middle") -> None:
        look = {"fontName": font, "fontSize": 8, "fillColor": HexColor(colour), "textAnchor": anchor}
        drawing.add(String(x, height - y, text, **look))

    drawing.add(
        PolyLine([v for x, y, _ in places for v in (x, height - y)], strokeColor=HexColor(REP), strokeWidth=1.6)
    )
    for x, y, point in places:
        drawing.add(Circle(x, height - y, 3, fillColor=HexColor(REP), strokeColor=None))
        label(x, y - 7, number(point.mean), INK)
        label(x, 88, f"n {point.call_count}", MUTED)
    label(0, 102, day(places[0][2].start_on), MUTED, "start")
    label(440, 102, day(places[-1][2].start_on), MUTED, "end")
    return [Paragraph(sentences.TREND, styles["small"]), drawing]


def _lines() -> Any:
    from reportlab.graphics.shapes import Drawing, Line
    from reportlab.lib.colors import HexColor

    step = 23
    drawing = Drawing(_WIDTH, step * _LINES)
    for line in range(_LINES):
        drawing.add(Line(0, step * line, _WIDTH, step * line, strokeColor=HexColor(RULE), strokeWidth=0.8))
    return drawing


def _styles() -> dict[str, Any]:
    from reportlab.lib.colors import HexColor
    from reportlab.lib.styles import ParagraphStyle

    regular, bold = _fonts()
    body = ParagraphStyle("body", fontName=regular, fontSize=9.5, leading=13.5, textColor=HexColor(INK), spaceAfter=2)
    return {
        "body": body,
        "small": ParagraphStyle("small", parent=body, fontSize=8, leading=11, textColor=HexColor(MUTED)),
        "section": ParagraphStyle(
            "section",
            parent=body,
            fontName=bold,
            fontSize=11.5,
            leading=15,
            spaceBefore=10,
            spaceAfter=5,
            keepWithNext=1,
        ),
        "title": ParagraphStyle("title", parent=body, fontName=bold, fontSize=18, leading=23),
    }


def _fonts() -> tuple[str, str]:
    """A font that covers the scripts calls come in: DejaVu from matplotlib, which pyannote brings; else Vera."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    names = ("PackSans", "PackSans-Bold")
    if names[0] not in pdfmetrics.getRegisteredFontNames():
        found = find_spec("matplotlib")
        folder = Path(found.origin or "").parent / "mpl-data" / "fonts" / "ttf" if found else None
        is_there = folder is not None and folder.is_dir()
        files = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf") if is_there else ("Vera.ttf", "VeraBd.ttf")
        for name, file in zip(names, files, strict=True):
            pdfmetrics.registerFont(TTFont(name, str(folder / file) if folder and is_there else file))
        pdfmetrics.registerFontFamily(names[0], normal=names[0], bold=names[1], italic=names[0], boldItalic=names[1])
    return names
