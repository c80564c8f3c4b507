"""Files of a rota: the calendar for those who walk along, workbook and page for the team."""

from datetime import UTC, datetime
from typing import Final

import streamlit as st

from geo.review.programmes_kept import calendar_id
from geo.review.team_only import team_name
from geo.review.walks.meeting import meeting_points
from geo.review.walks.rota_kept import rotas_kept, walks_dropped
from geo.review.workspace import Workspace
from geo.walkabouts.rota.result import Rota
from geo.walkabouts.rota.tables import rota_table
from layers.walks.rota_ics import RotaIssue, rota_ics
from layers.walks.rota_sheet import rota_html
from layers.walks.rota_xlsx import rota_xlsx
from pages.kit.tables import Download, csv_download, show_downloads

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def show(workspace: Workspace, rota: Rota, *, state: str, name: str) -> None:
    """Offer the files; `name` says whether they are of a proposal or of what was settled."""
    district = workspace.scenario.name
    stem = f"walkabouts-{rota.first.isoformat()}-{name}"
    recipient = st.text_input(
        "Calendar file: to whom it is given",
        key=f"rota_recipient {name}",
        help="An agency or a role; left blank, the agencies of the walks are named. It says who walks when, never why.",
    )
    show_downloads(
        [
            Download(
                "Calendar file (ICS), for those who walk",
                f"{stem}.ics",
                "text/calendar",
                lambda: rota_ics(rota, _issue(workspace, rota, recipient), district=district),
            ),
            Download(
                "Workbook (XLSX)",
                team_name(f"{stem}.xlsx"),
                _XLSX,
                lambda: rota_xlsx(rota, district=district, state=state),
            ),
            Download(
                "To print (HTML)",
                team_name(f"{stem}.html"),
                "text/html",
                lambda: rota_html(rota, district=district, state=state).encode(),
            ),
            csv_download(rota_table(rota), name=stem),
        ]
    )
    st.caption(
        "The calendar file updates what an earlier one brought: import it again after every change. The other files are"
        " for the team only."
    )


def _issue(workspace: Workspace, rota: Rota, recipient: str) -> RotaIssue:
    return RotaIssue(
        calendar_id=calendar_id(workspace),
        version=rotas_kept(workspace),
        made=datetime.now(tz=UTC),
        expires_days=workspace.scenario.walkabouts.card_days,
        recipient=" ".join(recipient.split()),
        dropped=walks_dropped(workspace, rota),
        meeting=meeting_points(workspace),
    )
