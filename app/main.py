"""Entry point: `coachlake app`, or `streamlit run app/main.py`."""

import streamlit as st

from app.parts import sidebar_status
from app.style import CSS
from app.views import navigation

st.set_page_config(page_title="coachlake", layout="wide", initial_sidebar_state="auto")
st.html(CSS)
page = navigation()
sidebar_status()
page.run()
