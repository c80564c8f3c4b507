"""Write a chosen set down as a decision, with the digest of what it stood on."""

import streamlit as st

from geo.hubs.siting.plan import SitingPlan
from geo.hubs.siting.words import told_proof, told_set
from geo.review.decisions import Occasion, decide, describe_evidence, digest_of_evidence
from geo.review.workspace import Workspace
from pages.kit import frame, session
from pages.kit.set_evidence import question_digest

_DONE = "set_decided"


def ask_decision(workspace: Workspace, plan: SitingPlan) -> None:
    """Ask whether this set is to be the one."""
    if session.is_sample(workspace):
        return
    st.subheader("Is this the set?", anchor=False)
    if told := st.session_state.pop(_DONE, ""):
        st.success(told)
    with st.expander("Write it down as a decision"), frame.calm_errors(), st.form("set_decision", border=False):
        why = st.text_area("Why")
        who = st.text_input("Who decided (name or initials)")
        st.caption("The Sites page lists every decision. None is ever changed, at most replaced by a later one.")
        if st.form_submit_button("Write the decision"):
            made = decide(
                workspace,
                verdict="chosen",
                sites=plan.sites["site_id"].tolist(),
                why=why,
                evidence_digest=digest_of_evidence(evidence_of(plan)),
                occasion=Occasion(session.today(), who, words_of(plan)),
            )
            st.session_state[_DONE] = f"Decision {made.number} is written."
            st.rerun()


def words_of(plan: SitingPlan) -> str:
    """Say in a line what the set stood on."""
    counted = plan.asked.facts.need.counted
    rule = f"{told_set(plan)} {told_proof(plan.choice)}"
    return describe_evidence(period=counted.period, unit=counted.unit, clients=counted.located, rule=rule)


def evidence_of(plan: SitingPlan) -> dict[str, object]:
    """Gather the plain values that the set stood on: the same question and answer give the same digest."""
    problem, choice = plan.choice.problem, plan.choice
    rules = problem.rules
    return {
        "question": problem.question,
        "within_minutes": problem.within_minutes,
        "rules": [rules.hubs, list(rules.must_keep), list(rules.never), str(rules.budget), rules.one_per_town],
        "spacing_m": rules.spacing_m,
        "sites": [problem.sites.ids[site] for site in choice.chosen],
        "value": round(choice.value, 6),
        "proven": choice.proven,
        "journeys": plan.asked.facts.journeys.label,
        "period": plan.asked.facts.need.counted.period,
        "clients": plan.asked.facts.need.counted.located,
        "all it rests on": question_digest(plan.asked),
    }
