"""Screens: each page a Streamlit file that only arranges."""
