"""Entry point: `coachlake app`, or `streamlit run coachlake/app/main.py`."""

import streamlit as st

from coachlake.app.parts import sidebar_status
from coachlake.app.views import navigation
from coachlake.display.style import CSS

st.set_page_config(page_title="coachlake", layout="wide", initial_sidebar_state="auto")
st.html(CSS)
page = navigation()
sidebar_status()
page.run()
