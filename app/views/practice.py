"""Practice: role-play with a simulated customer, assignments and trajectories."""

import streamlit as st

from app.parts import empty


def render() -> None:
    """The page."""
    st.title("Practice")
    empty("No practice yet.", "Role-play sessions and what they changed will show here.")
