"""Export the rows as three agencies' systems would: each its own columns, encoding and habits."""

from datetime import date
from pathlib import Path
from typing import Final

from .draws import Draws
from .people import Row
from .writers import write_csv, write_xlsx

FILES: Final = {
    "housing": "referrals_housing_system.csv",
    "advice": "referrals_citizens_advice.xlsx",
    "food": "referrals_food_banks.csv",
}
_ROUTES: Final = (
    ("Self referral", "", 58),
    ("Duty to Refer", "Hospital A&E or in-patient care", 6),
    ("Duty to Refer", "Adult secure estate (prison)", 4),
    ("Duty to Refer", "Probation service", 5),
    ("Duty to Refer", "Jobcentre Plus", 7),
    ("Duty to Refer", "Children's services", 6),
    ("Agency referral", "Saltmarsh Housing Association", 8),
    ("Agency referral", "Sallow Valley Wellbeing", 3),
    ("Agency referral", "Aldersea Open Door", 3),
)
_OUTCOMES: Final = (
    ("Secured existing accommodation", 12),
    ("Secured alternative accommodation", 20),
    ("Prevention duty", 12),
    ("Relief duty", 14),
    ("56 days elapsed", 12),
    ("Main duty accepted", 9),
    ("Advice only", 13),
    ("Contact lost", 8),
)
_BANDS: Final = ((17, "16-17"), (24, "18-24"), (34, "25-34"), (44, "35-44"), (54, "45-54"), (64, "55-64"), (200, "65+"))
_NOTES: Final = (
    "Rang twice, no answer",
    "Prefers texts after 4pm",
    "Support worker attends",
    "Sofa surfing with cousin; landlord Mr Osierwood",
    "Has a dog, Biscuit",
    "",
    "",
    "",
)


def write_exports(out: Path, rows: list[Row]) -> None:
    _write_housing(out / FILES["housing"], [row for row in rows if row.feed == "housing"])
    _write_advice(out / FILES["advice"], [row for row in rows if row.feed == "advice"])
    _write_food(out / FILES["food"], [row for row in rows if row.feed == "food"])


def _pick(draws: Draws, table: tuple[tuple[str, int], ...]) -> str:
    return draws.weighted([text for text, _ in table], [weight for _, weight in table])


def _write_housing(path: Path, rows: list[Row]) -> None:
    draws = Draws("housing system")
    lines: list[list[object]] = []
    for row in rows:
        if row.copy:
            lines.append(lines[-1])
            continue
        home = row.household
        route, agency = draws.weighted([(r, a) for r, a, _ in _ROUTES], [weight for *_, weight in _ROUTES])
        lines.append(
            [
                f"SM/{row.day:%y}/{len(lines) + 1001:05d}",
                home.ref,
                f"{row.day:%d/%m/%Y}",
                row.postcode,
                route,
                agency,
                home.reason,
                home.type,
                f"{home.born:%d/%m/%Y}",
                _pick(draws, _OUTCOMES),
                home.name,
                draws.pick(_NOTES),
            ]
        )
    head = (
        "Case Ref,Household Ref,Approach Date,Postcode,Route,Referring Agency,Main reason for homelessness,"
        "Household type,Date of birth,Outcome,Applicant name,Notes"
    )
    write_csv(path, [head.split(","), *lines], encoding="utf-8-sig")


def _write_advice(path: Path, rows: list[Row]) -> None:
    draws = Draws("citizens advice")
    lines: list[list[object]] = []
    for row in rows:
        if row.copy:
            lines.append(lines[-1])
            continue
        home = row.household
        age = _age(home.born, row.day)
        lines.append(
            [
                f"CA{len(lines) + 20001}",
                home.ref,
                (row.day - date(1899, 12, 30)).days,
                row.postcode,
                draws.pick(("Self", "Self", "Self", "GP surgery", "Food bank", "Jobcentre Plus", "School")),
                home.reason,
                home.type,
                age,
                draws.pick(("Adviser 1", "Adviser 2", "Adviser 3")),
                draws.pick(_NOTES),
            ]
        )
    head = (
        "Enquiry ref,Household Ref,Date of referral,Postcode at referral,Referred by,Presenting issue,Household,Age,"
        "Adviser,Comments"
    )
    write_xlsx(path, [head.split(","), *lines], sheet="Referrals", date_column=2)


def _age(born: date, day: date) -> int:
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _write_food(path: Path, rows: list[Row]) -> None:
    draws = Draws("food banks")
    lines: list[list[object]] = []
    for row in rows:
        if row.copy:
            lines.append(lines[-1])
            continue
        home = row.household
        age = _age(home.born, row.day)
        band = next(band for top, band in _BANDS if age <= top)
        lines.append(
            [
                f"V-{len(lines) + 301:04d}",
                home.ref,
                row.day.isoformat(),
                row.postcode,
                draws.pick(("School", "GP surgery", "Citizens Advice", "Health visitor", "Self")),
                home.reason,
                band,
                home.name.split()[1],
                draws.pick(("Café visit", "£10 fuel voucher", "", "", "Crèche place")),
            ]
        )
    head = "Reference;Household Ref;Date;Post code;Referrer;Reason;Age band;Family name;Note"
    write_csv(path, [head.split(";"), *lines], encoding="cp1252", delimiter=";", newline="\r\n")
