"""Priorities: the review's own analysis first, then each way of looking by itself."""

import streamlit as st

from pages.kit import cluster_view, findings, frame, priority_view, question_view, session

workspace = session.current_workspace()
frame.show_title("Priorities", "Which places stand out, and how sure one can be. Different questions, never mixed.")

QUESTIONS = {
    priority_view.QUESTION: priority_view.ANSWER,
    **{asked: findings.ANSWER[test] for asked, test in findings.QUESTION.items()},
    cluster_view.QUESTION: cluster_view.ANSWER,
}
asked = st.radio("Question", list(QUESTIONS), captions=list(QUESTIONS.values()))

if asked == priority_view.QUESTION:
    priority_view.show(workspace)
elif asked == cluster_view.QUESTION:
    cluster_view.show(workspace)
else:
    question_view.show(workspace, findings.QUESTION[asked])
