"""1:1 packs: what goes in (`content`), and the same pack as a page (`page`) and as a PDF (`pdf`). No Streamlit here."""

from app.packs.content import Pack, read_packs
from app.packs.page import pack_document, pack_html
from app.packs.pdf import pack_pdf

__all__ = ["Pack", "pack_document", "pack_html", "pack_pdf", "read_packs"]
