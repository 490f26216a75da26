"""What every page begins with. Opened by `coachlake app`, whose server it needs."""

import duckdb
import streamlit as st

from coachlake.app.gate import let_in
from coachlake.app.parts import sidebar_status
from coachlake.app.views import navigation
from coachlake.display.formatting import plain
from coachlake.display.style import CSS
from coachlake.lake.connection import LakeUnreadableError

st.set_page_config(page_title="coachlake", layout="wide", initial_sidebar_state="auto")
st.html(CSS)
let_in()
page = navigation()
try:
    sidebar_status()
    page.run()
except LakeUnreadableError as error:
    st.error(plain(error))
except duckdb.IOException as error:
    st.error(f"A file of the lake cannot be read: {plain(str(error).splitlines()[0])}. Next: `coachlake lake verify`")
