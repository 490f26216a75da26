"""The Streamlit app on the published tables."""
