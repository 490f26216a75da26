"""1:1 packs: what goes in (`content`), and the same pack as a page (`page`) and as a PDF (`pdf`). No Streamlit here."""
