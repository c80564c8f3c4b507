"""Enter what the fictional council has written of its sites, by the very functions that officers use."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from geo.review.actions import ToDo, add_action, change_action
from geo.review.decisions import Occasion, decide, digest_of_evidence
from geo.review.register_edit import set_facts
from geo.review.register_liaison import LogEntry, add_to_log
from geo.review.signing import Signer
from geo.review.workspace import Workspace

SIGNER: Final = Signer("Housing team (fictional)", lambda: datetime(2025, 4, 29, 9, 0, tzinfo=UTC))


def enter_register(folder: Path, file: Path, *, today: date) -> None:
    """Enter facts, log, decisions and actions of the sample district.

    Parameters
    ----------
    folder
        The workspace.
    file
        The sample's `site_register.json`.
    today
        The day of the sample's review.
    """
    workspace = Workspace.open(folder, signer=SIGNER)
    said: dict[str, list[dict[str, Any]]] = json.loads(file.read_text(encoding="utf-8"))
    for facts in said["facts"]:
        set_facts(workspace, facts["site"], {name: text for name, text in facts.items() if name != "site"}, today=today)
    for one in said["log"]:
        day = date.fromisoformat(one["day"])
        entry = LogEntry(one["site"], day, one["who"], one["with_whom"], one["about"], one["status"])
        add_to_log(workspace, entry, today=today)
    for one in said["decisions"]:
        decide(
            workspace,
            verdict=one["verdict"],
            sites=one["sites"],
            why=one["why"],
            evidence_digest=digest_of_evidence({"words": one["evidence"]}),
            occasion=Occasion(date.fromisoformat(one["day"]), one["who"], one["evidence"]),
        )
    for one in said["actions"]:
        due = date.fromisoformat(one["due"])
        made = add_action(workspace, ToDo(one["what"], one["owner"], due, one["decision"], one["site"]))
        if one["status"] != "open":
            change_action(workspace, made.number, {"status": one["status"]})
