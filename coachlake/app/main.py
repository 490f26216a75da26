"""Entry point: `coachlake app`, or `streamlit run coachlake/app/main.py`."""

import duckdb
import streamlit as st

from coachlake.app.parts import sidebar_status
from coachlake.app.views import navigation
from coachlake.display.style import CSS
from coachlake.lake.connection import LakeUnreadableError

st.set_page_config(page_title="coachlake", layout="wide", initial_sidebar_state="auto")
st.html(CSS)
page = navigation()
try:
    sidebar_status()
    page.run()
except LakeUnreadableError as error:
    st.error(str(error))
except duckdb.IOException as error:
    st.error(f"A file of the lake cannot be read: {str(error).splitlines()[0]}. Next: `coachlake lake verify`")
