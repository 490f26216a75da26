"""One type scale and one meaning a colour, for pages, charts and packs alike."""

from urllib.parse import quote

REP = "#1f5a96"  # the rep, and whatever is measured of reps
CUSTOMER = "#7a5299"  # the customer
GOOD = "#1c7a5a"  # a level, and what is at or better than its target
AVERAGE = "#8f6d12"
POOR = "#b03a2e"  # a level, and what needs attention
PAST = "#8b949d"  # what it is compared with: earlier weeks, other reps
INK = "#1c2126"  # text, and targets (dashed)
MUTED = "#59636e"
RULE = "#dde1e5"
WASH = "#f4f5f6"

LEVEL_COLOURS = {"good": GOOD, "average": AVERAGE, "poor": POOR}
SPEAKER_COLOURS = {"rep": REP, "customer": CUSTOMER}
FONT = '"Source Sans", "Source Sans Pro", sans-serif'


def _mark(shape: str) -> str:
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 14 14">{shape}</svg>'
    return f"'data:image/svg+xml,{quote(drawn)}'"


# The marks of the charts, for the key above them (`coachlake.app.parts.key`).
MARKS = {
    "now": _mark(f'<path d="M0 7h14" stroke="{REP}" stroke-opacity=".45" stroke-width="2"/>'
                 f'<circle cx="7" cy="7" r="4.5" fill="{REP}"/>'),
    "thin": _mark(f'<circle cx="7" cy="7" r="4" fill="#fff" stroke="{REP}" stroke-width="1.5"/>'),
    "past": _mark(f'<circle cx="7" cy="7" r="4" fill="{PAST}"/>'),
    "target": _mark(f'<path d="M7 0v14" stroke="{INK}" stroke-width="2"/>'),
    "band": _mark(f'<path d="M0 2h14v10H0z" fill="{REP}" fill-opacity=".16"/>'
                  f'<path d="M0 7h14" stroke="{REP}" stroke-width="2"/><circle cx="7" cy="7" r="3" fill="{REP}"/>'),
    "usual": _mark(f'<path d="M0 7h14" stroke="{PAST}" stroke-width="2"/>'),
    "aim": _mark(f'<path d="M0 7h14" stroke="{INK}" stroke-width="1.5" stroke-dasharray="4 3"/>'),
    "poor": _mark(f'<circle cx="7" cy="7" r="4.5" fill="{POOR}"/>'),
    "good": _mark(f'<circle cx="7" cy="7" r="4.5" fill="{GOOD}"/>'),
    "scored": _mark(f'<path d="M2 2h10v10H2z" fill="{REP}"/>'),
    "refused": _mark(f'<path d="M2 2h10v10H2z" fill="{POOR}"/>'),
}  # fmt: skip
_MARKS = " ".join(f".cl-key i.{name} {{ background-image: url({drawn}); }}" for name, drawn in MARKS.items())

# One type scale, in rem of 16 px, for pages, the call view and packs: caption .82, table .94, body 1, lead and names
# 1.12, section 1.3, figure 1.75, page 2.
CSS = f"""
<style>
.block-container {{ padding-top: 2.6rem; max-width: 1120px; }}
[data-testid="stSidebarNav"] {{ padding-top: .5rem; }}
h1 {{ padding-bottom: .2rem; letter-spacing: -.01em; }}
h2 {{ padding-top: 1.6rem; }}
.cl-lead {{ font-size: 1.12rem; line-height: 1.5; max-width: 46rem; margin: 0 0 .6rem; }}
.cl-says {{ color: {INK}; max-width: 46rem; margin: 0 0 .35rem; }}
/* Streamlit sets captions at 60 % of the ink: too pale for small print on the sidebar's grey. */
[data-testid="stCaptionContainer"], [data-testid="stCaptionContainer"] p {{
  color: {MUTED} !important; opacity: 1 !important; }}
.cl-wide {{ max-width: none; }}
.cl-unsigned {{ color: {MUTED}; font-size: .82rem; margin: 0; text-align: right; }}
.cl-note {{ color: {MUTED}; font-size: .82rem; line-height: 1.45; max-width: 52rem; margin: 0; }}
.cl-figures {{ display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 0 1.6rem;
  border-top: 1px solid {RULE}; border-bottom: 1px solid {RULE}; padding: .8rem 0; margin: .4rem 0; }}
.st-key-player {{ position: sticky; top: 3.6rem; z-index: 20; background: #fff; padding: .3rem 0; }}
[data-testid="stMarkdownContainer"] dl, .cl-figures dl.cl-figure {{ margin: 0; padding: .25rem 0; }}
.cl-figure dt {{ color: {MUTED}; font-size: .82rem; }}
.cl-figure dd {{ margin: 0; }}
.cl-figure .value {{ font-size: 1.75rem; font-weight: 600; line-height: 1.25; font-variant-numeric: tabular-nums; }}
.cl-figure .beside {{ color: {MUTED}; font-size: .82rem; line-height: 1.4; display: block; }}
.cl-quote {{ margin: .3rem 0 .2rem; padding: 0 0 0 .8rem; border-left: 3px solid {RULE}; }}
.cl-quote p {{ margin: .12rem 0; }}
.cl-quote .who {{ font-size: .82rem; font-weight: 600; }}
.cl-quote.good {{ border-color: {GOOD}; }} .cl-quote.average {{ border-color: {AVERAGE}; }}
.cl-quote.poor {{ border-color: {POOR}; }}
.cl-level {{ font-size: .82rem; font-weight: 600; }}
.cl-level.good {{ color: {GOOD}; }} .cl-level.average {{ color: {AVERAGE}; }} .cl-level.poor {{ color: {POOR}; }}
.cl-turns {{ font-size: .94rem; }} .cl-turns p {{ margin: 0 0 .35rem; }} .cl-turns .backchannel {{ color: {MUTED}; }}
.cl-turns .who {{ font-size: .82rem; font-weight: 600; }}
.cl-turns .rep {{ color: {REP}; }} .cl-turns .customer {{ color: {CUSTOMER}; }}
.cl-name {{ font-weight: 600; font-size: 1.12rem; line-height: 1.35; margin: 0; padding: 0; }}
.cl-brief p {{ display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 2; overflow: hidden; }}
.cl-key {{ display: flex; flex-wrap: wrap; gap: .1rem 1.3rem; color: {MUTED}; font-size: .82rem; }}
.cl-key span {{ display: flex; align-items: center; gap: .4rem; }}
.cl-key i {{ flex: none; width: 14px; height: 14px; background: center / contain no-repeat; }}
{_MARKS}
.cl-alert {{ color: {POOR}; font-weight: 600; }}
.cl-empty {{ border: 1px dashed #b9c0c7; border-radius: 6px; padding: 1rem 1.2rem; max-width: 46rem; }}
.cl-empty p {{ margin: .15rem 0; }}
table.cl-table {{ border-collapse: collapse; width: 100%; font-size: .94rem; font-variant-numeric: tabular-nums; }}
table.cl-table caption {{ text-align: left; color: {MUTED}; font-size: .82rem; padding-bottom: .3rem; }}
table.cl-table th {{ text-align: left; color: {MUTED}; font-weight: 600; font-size: .82rem;
  border-bottom: 1px solid {RULE}; padding: .35rem 1.6rem .35rem 0; vertical-align: bottom; }}
table.cl-table td {{ border-bottom: 1px solid {RULE}; padding: .4rem 1.6rem .4rem 0; vertical-align: top;
  white-space: nowrap; }}
table.cl-table td.long {{ white-space: normal; min-width: 15rem; }}
[data-testid="stHtml"] a {{ color: {REP}; }}
[data-testid="stMain"] [data-testid="stPageLink"] a {{ padding-left: 0; background: none; }}
[data-testid="stMain"] [data-testid="stPageLink"] a * {{ color: {REP}; font-weight: 400; }}
[data-testid="stMain"] [data-testid="stPageLink"] a:hover p {{ text-decoration: underline; }}
table.cl-table .number {{ text-align: right; white-space: nowrap; }}
/* A shade at the edge where columns go on: white covers move with the table, shades stay with the frame. */
.cl-scroll {{ overflow-x: auto; background:
  linear-gradient(#fff, #fff) 0 0 / 20px 100% no-repeat local,
  linear-gradient(#fff, #fff) 100% 0 / 20px 100% no-repeat local,
  linear-gradient(to right, #0002, #0000) 0 0 / 12px 100% no-repeat scroll,
  linear-gradient(to left, #0002, #0000) 100% 0 / 12px 100% no-repeat scroll; }}
details.cl-table-under {{ margin: -.4rem 0 .4rem; }}
details.cl-table-under summary {{ color: {MUTED}; font-size: .82rem; cursor: pointer; }}
details.cl-checks summary {{ cursor: pointer; font-weight: 600; padding: .3rem 0; }}
summary:focus-visible, a:focus-visible, button:focus-visible, .cl-scroll:focus-visible {{
  outline: 2px solid {REP} !important; outline-offset: 2px; }}
@media (max-width: 640px) {{
  .block-container {{ padding-left: 1rem; padding-right: 1rem; }}
  h1 {{ font-size: 1.75rem !important; }}
  .cl-figures {{ grid-template-columns: repeat(2, 1fr); }}
  .st-key-beside_title {{ align-items: flex-start !important; }}
}}
</style>
"""
