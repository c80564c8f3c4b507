"""Sign in: all that anybody without a role is shown."""

import streamlit as st

from pages.kit import access

st.title("Hotspot and Co-location Planner", anchor=False)
person = access.visitor()
if person is None:
    st.markdown("Sign in with your work account.")
    st.button("Sign in", type="primary", on_click=st.login)
else:
    st.markdown("You are signed in, but have no role here. Ask the housing team to add you to their list.")
    st.button("Sign out", on_click=access.sign_out)
