"""Which records no map can show: why, from whom, from which other district, and who has no fixed abode."""

from typing import Final

import pandas as pd
import streamlit as st

from geo.evidence.missing import NOT_STATED, Missing
from geo.evidence.periods import ALL_PERIODS
from geo.review.workspace import Workspace
from geo.schema import FLAGS, NO_PLACE, STATUSES
from pages.kit import bars, evidence, gap_evidence
from pages.kit.tables import csv_download, show_downloads, show_short_table
from pages.kit.words import COHORT_FIELD, FLAG, ROUTE, STATUS, number, plural

ALL_YEARS: Final = "All years together"
ROWS_NOTE: Final = (
    "Counted are rows, not households. The 95 % range is how far luck alone could have moved a share; rows of one"
    " household count as one piece of evidence for it. A share of 1 to 4 rows is too few to tell."
)
_SMALL: Final = 0.1  # shares below it are told with one figure more
TOO_FEW: Final = "too few to tell"
RANGE: Final = "95 % range"
_BY: Final = {"Source": "source", "File": "feed", "How they came": "route", "Review year": "period"}
_THEMES: Final = {"How they came": "route", "Reason": "reason", "Age": "age_band"}
_NO_MAP: Final = tuple(status for status in STATUSES if status not in {"located", "outside", "duplicate"})


def choose_period(workspace: Workspace, *, key: str) -> str:
    """Ask for one review year or all of them."""
    named = {ALL_YEARS: ALL_PERIODS} | {year: year for year in evidence.periods(workspace)}
    return named[st.selectbox("Review year", list(named), key=f"{key}_period")]


def show(workspace: Workspace) -> None:
    """Show which records have no place on the map."""
    period = choose_period(workspace, key="gaps")
    found = gap_evidence.missing(workspace, period)
    st.markdown(headline(found))
    show_short_table(reason_table(found, _NO_MAP), about="Rows without a place on the map, by reason")
    st.caption(ROWS_NOTE)
    _show_groups(found, period)
    _show_outside(found)
    _show_no_fixed_abode(found)
    if any(found.district().get(flag) for flag in FLAGS):
        with st.expander("Records on the map that are worth a second look"):
            show_short_table(reason_table(found, FLAGS), about="Marked rows")


def headline(found: Missing) -> str:
    """Say in two sentences how much no map can show, and how much comes from outside."""
    whole = found.shares[(found.shares["by"] == "district") & (found.shares["what"] == NO_PLACE)].iloc[0]
    outside = found.district()["outside"]
    told = f"**{number(whole['rows'])} of {plural(found.rows, 'row')} have no place on the map"
    told += f": {percent(whole['share'])}** ({ranged(whole['low'], whole['high'])})."
    return told + (f" Another {number(outside)} are from outside the district." if outside else "")


def reason_table(found: Missing, reasons: tuple[str, ...]) -> pd.DataFrame:
    """Lay the district's statuses or flags out in words; only those that occur."""
    words = STATUS | FLAG
    table = found.shares[(found.shares["by"] == "district") & found.shares["what"].isin(reasons)]
    table = table[table["rows"] > 0].sort_values("rows", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Why": [words[what][0] for what in table["what"]],
            "Rows": table["rows"].to_numpy(),
            **share_columns(table),
            "Meaning": [words[what][1] for what in table["what"]],
        }
    )


def share_columns(table: pd.DataFrame, *, share: str = "Share") -> dict[str, list[str]]:
    """Write shares and their ranges as text."""
    triples = table[["share", "low", "high"]].itertuples(index=False)
    told = [(percent(part), ranged(low, high)) for part, low, high in triples]
    return {share: [part for part, _ in told], RANGE: [both for _, both in told]}


def percent(share: float) -> str:
    """Write a share in percent, or that it is too few to tell.

    Examples
    --------
    >>> percent(0.188), percent(0.014), percent(0.0), percent(float("nan"))
    ('19 %', '1.4 %', 'none', 'too few to tell')
    """
    if pd.isna(share):
        return TOO_FEW
    return "none" if share == 0 else f"{100 * share:.{0 if share >= _SMALL else 1}f} %"


def ranged(low: float, high: float) -> str:
    """Write the range of a share.

    Examples
    --------
    >>> ranged(0.167, 0.211), ranged(0.005, 0.016), ranged(float("nan"), float("nan"))
    ('17 to 21 %', '0.5 to 1.6 %', '')
    """
    if pd.isna(low):
        return ""
    figures = 1 if high < _SMALL else 0
    return f"{100 * low:.{figures}f} to {100 * high:.{figures}f} %"


def _show_groups(found: Missing, period: str) -> None:
    """Show the share without a place by source, file, route or year, as bars and as a table."""
    st.subheader("Whose records have no place?", anchor=False)
    chosen = st.segmented_control("Show by", list(_BY), default="Source", required=True) or "Source"
    table = found.shares[(found.shares["by"] == _BY[chosen]) & (found.shares["what"] == NO_PLACE)]
    table = table.assign(group=_worded(table["group"], _BY[chosen]), main=_main_reasons(found, _BY[chosen]))
    table = table.sort_values("share", ascending=False, kind="stable")
    bars.show_shares(
        table,
        title="Share without a place, %",
        alt_text=f"Bars of the share of rows without a place on the map, by {chosen.lower()}; the table below says"
        " the same.",
    )
    shown = pd.DataFrame(
        {
            chosen: table["group"],
            "Rows": table["of"],
            "No place": table["rows"],
            **share_columns(table),
            "Most often because": table["main"],
        }
    )
    show_short_table(shown, about=f"Rows without a place, by {chosen.lower()}")
    show_downloads(
        [
            csv_download(shown, name=f"no-place-by-{_BY[chosen]}-{period}"),
            csv_download(found.shares, name=f"every-status-{period}", label="Every status and mark (CSV)"),
        ]
    )


def _worded(groups: pd.Series, by: str) -> list[str]:
    words = ROUTE if by == "route" else {"": "Not stated"}
    return [words.get(group, group) for group in groups]


def _main_reasons(found: Missing, by: str) -> list[str]:
    """Name the commonest reason of each group, in the order of the groups."""
    table = found.shares[(found.shares["by"] == by) & found.shares["what"].isin(_NO_MAP)]
    first = table.sort_values("rows", ascending=False, kind="stable").drop_duplicates("group").sort_values("group")
    told = zip(first["what"].to_list(), first["rows"].to_list(), strict=True)
    return [STATUS[what][0].lower() if rows else "" for what, rows in told]


def _show_outside(found: Missing) -> None:
    if found.outside.empty:
        return
    st.subheader("From outside the district", anchor=False)
    table = found.outside
    names = [name[:1].upper() + name[1:] for name in table["name"]]
    shown = pd.DataFrame({"District": names, "Rows": table["rows"], **share_columns(table, share="Share of these")})
    show_short_table(shown, about="Rows from outside, by the district they lie in")
    if (table["name"] == table["district"]).any():
        st.caption("A district without a name here has only its code in the postcode file.")


def _show_no_fixed_abode(found: Missing) -> None:
    if not found.district()["no_fixed_abode"]:
        return
    st.subheader("No fixed abode", anchor=False)
    st.markdown("Who they are, for the whole district only: one question at a time, never by place.")
    for heading, field in _THEMES.items():
        with st.expander(heading):
            table = found.no_fixed_abode[found.no_fixed_abode["field"] == field]
            words = ROUTE if field == "route" else {NOT_STATED: "Not stated"}
            shown = pd.DataFrame(
                {
                    COHORT_FIELD[field]: [words.get(group, group) for group in table["group"]],
                    "No fixed abode": table["rows"],
                    "All rows": table["of"],
                    **share_columns(table),
                }
            )
            show_short_table(shown, about=f"No fixed abode by {heading.lower()}")
