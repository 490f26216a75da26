"""What every page begins with. Opened by `coachlake app`, whose server it needs."""

import streamlit as st

from coachlake.app.gate import let_in
from coachlake.app.parts import sidebar_status
from coachlake.app.views import navigation
from coachlake.display.style import CSS

st.set_page_config(page_title="coachlake", layout="wide", initial_sidebar_state="auto")
st.html(CSS)
let_in()
page = navigation()
sidebar_status()
page.run()
