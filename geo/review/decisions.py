"""Decisions on sites: who chose or refused which, when, why, and on which evidence; written once and never changed.

A decision that no longer holds is superseded by a later one; both stay.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, cast

from geo.errors import BadInputError
from geo.review.audit import append_line
from geo.review.freezing import canonical, frozen_of
from geo.review.register_screen import screen_of
from geo.review.register_state import enter_sites, read_known
from geo.review.same_answers import by_site, places_of, read_answers, standing_answers
from geo.review.workspace import Workspace
from geo.schema import VERDICTS

Verdict = Literal["chosen", "refused", "kept in reserve"]
LONGEST: Final = 2_000
_COLUMNS: Final = "number, day, who, verdict, sites, why, evidence, digest, supersedes, signed, at"


@dataclass(frozen=True)
class Evidence:
    """What a decision stood on.

    Attributes
    ----------
    digest
        SHA-256 of it, in hexadecimal; empty where there was none.
    words
        The same in a line: period, unit, counts, rule.
    """

    digest: str = ""
    words: str = ""


@dataclass(frozen=True)
class Occasion:
    """Beside what was decided: when, by whom, in place of what.

    Attributes
    ----------
    today
        The day.
    who
        Name or initials; empty for whoever works on the workspace.
    evidence
        What the evidence is, in a line: period, unit, counts, rule.
    supersedes
        The number of the decision that this one replaces; 0 for none.
    """

    today: date
    who: str = ""
    evidence: str = ""
    supersedes: int = 0


@dataclass(frozen=True)
class Decision:
    """One decision.

    Attributes
    ----------
    number
        From 1, in the order of deciding.
    day, who
        When, and who decided.
    verdict
        One of `VERDICTS`.
    sites
        The ids of the sites; a set of several is one decision.
    why
        The reason.
    evidence
        What it stood on.
    supersedes
        The number of the decision it replaces; 0 for none.
    superseded_by
        The number of the one that replaces it; 0 while it stands.
    """

    number: int
    day: date
    who: str
    verdict: Verdict
    sites: tuple[str, ...]
    why: str
    evidence: Evidence
    supersedes: int = 0
    superseded_by: int = 0


def decide(
    workspace: Workspace,
    *,
    verdict: Verdict,
    sites: Sequence[str],
    why: str,
    evidence_digest: str,
    occasion: Occasion,
) -> Decision:
    """Write a decision on a site or a set.

    Parameters
    ----------
    verdict
        "chosen", "refused" or "kept in reserve".
    sites
        Ids, or names that no other site has.
    why
        The reason, in a sentence or a few.
    evidence_digest
        Digest of what the decision stood on, as a plan, a ranking or a frozen review gives it; empty where there is
        none.
    occasion
        The day, who, the evidence in a line, and what is superseded.

    Raises
    ------
    BadInputError
        Nobody is named, there is no reason or no site, or the decision to supersede does not exist or is superseded.
    """
    who = " ".join((occasion.who or workspace.signer.who).split())
    reason, words = " ".join(why.split()), " ".join(occasion.evidence.split())
    _require_whole(verdict, who, reason, sites)
    screen = screen_of(workspace)
    with workspace.store.noting() as connection:
        known = read_known(workspace, connection)
        chosen = tuple(dict.fromkeys(known.require(site) for site in sites))
        screen.require_fit({"who": who, "why": reason, "evidence": words})
        count = int(connection.execute("SELECT COUNT(*) FROM decisions").fetchone()[0])
        _require_superseded(_read(connection), occasion.supersedes)
        enter_sites(connection, known, set(chosen))
        signed = (workspace.signer.who, workspace.signer.moment())
        row = (count + 1, occasion.today.isoformat(), who, verdict, json.dumps(chosen), reason, words, evidence_digest)
        marks = ", ".join("?" * (len(row) + 3))
        connection.execute(f"INSERT INTO decisions ({_COLUMNS}) VALUES ({marks})", (*row, occasion.supersedes, *signed))  # noqa: S608 - our own column names
        detail = f"{verdict}: sites {len(chosen):,}, evidence {evidence_digest[:12] or 'none'}"
        append_line(connection, "decision", detail, signer=workspace.signer)
    return read_decisions(workspace)[count]


def read_decisions(workspace: Workspace) -> tuple[Decision, ...]:
    """Read every decision, in the order of deciding."""
    with workspace.store.reading() as connection:
        return _read(connection)


def decisions_that_stand(workspace: Workspace) -> dict[str, Decision]:
    """Give the last decision on each site that was not superseded: site id to decision.

    A decision on a site is one on every other that is the same place.
    """
    with workspace.store.reading() as connection:
        places = by_site(places_of(standing_answers(read_answers(connection))))
    return {
        member: decision
        for decision in read_decisions(workspace)
        if not decision.superseded_by
        for site in decision.sites
        for member in sorted(places.get(site, frozenset({site})))
    }


def digest_of_evidence(content: dict[str, Any]) -> str:
    """Digest plain values that a decision stands on: SHA-256 of them as canonical JSON, in hexadecimal."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()


def describe_evidence(*, period: str, unit: str, clients: int, rule: str) -> str:
    """Say in a line what evidence is.

    Examples
    --------
    >>> describe_evidence(period="2024-25", unit="household episodes", clients=412, rule="ranked by need reached")
    '2024-25: 412 household episodes, ranked by need reached'
    """
    return f"{period}: {clients:,} {unit}, {rule}"


def frozen_evidence(workspace: Workspace, review: str) -> Evidence:
    """Offer a review's frozen analysis as evidence; nothing where it has not been frozen."""
    found = frozen_of(workspace, review)
    if found is None:
        return Evidence()
    words = f"Analysis of {review}, frozen on {found.day.day} {found.day:%B %Y} by {found.who}"
    return Evidence(found.digest, words)


def _read(connection: Any) -> tuple[Decision, ...]:  # noqa: ANN401 - SQLite's or SQLCipher's
    rows = connection.execute(f"SELECT {_COLUMNS} FROM decisions ORDER BY number").fetchall()  # noqa: S608 - our own column names
    replaced = {row[8]: row[0] for row in rows if row[8]}
    return tuple(
        Decision(
            number,
            date.fromisoformat(day),
            who,
            cast("Verdict", verdict),
            tuple(json.loads(sites)),
            why,
            Evidence(digest, evidence),
            supersedes,
            replaced.get(number, 0),
        )
        for number, day, who, verdict, sites, why, evidence, digest, supersedes, *_ in rows
    )


def _require_whole(verdict: str, who: str, why: str, sites: Sequence[str]) -> None:
    if verdict not in VERDICTS:
        message = f"'{verdict}' is no decision on a site; expected one of: {', '.join(VERDICTS)}. Nothing was kept."
        raise BadInputError(message)
    for what, text in (("who decided (a name or initials)", who), ("why", why)):
        if not text or len(text) > LONGEST:
            message = f"A decision says {what}, in 1 to {LONGEST:,} letters. Nothing was kept."
            raise BadInputError(message)
    if not sites:
        message = "A decision is about one site or several; name them. Nothing was kept."
        raise BadInputError(message)


def _require_superseded(decisions: Sequence[Decision], number: int) -> None:
    if not number:
        return
    found = next((one for one in decisions if one.number == number), None)
    if found is None:
        message = f"There is no decision {number} to supersede. Nothing was kept."
        raise BadInputError(message)
    if found.superseded_by:
        message = (
            f"Decision {number} is superseded by decision {found.superseded_by} already; supersede that one. "
            "Nothing was kept."
        )
        raise BadInputError(message)
