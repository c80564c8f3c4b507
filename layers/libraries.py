"""Libraries: Arts Council England's basic library data set, read into rows of sites that are open now."""

import re
from typing import Final

import pandas as pd

from layers.catalogue_entry import Access, CatalogueEntry, Rhythm
from layers.fetching.endpoints import Endpoints
from layers.source_file import Publisher

PUBLISHER: Final = Publisher(
    dataset="libraries",
    title="Arts Council England basic data on libraries",
    licence="OGL v3",
    attribution="Contains Arts Council England data licensed under the Open Government Licence v3.0.",
)
CATALOGUE: Final = (
    CatalogueEntry(
        PUBLISHER,
        "Arts Council England; cleaned by Libraries Hacked",
        Access(
            page="https://www.artscouncil.org.uk/supporting-arts-museums-and-libraries/supporting-libraries",
            by_hand="planner add sites FILE",
            endpoint=Endpoints().libraries,
            fetch="libraries",
            usual=True,
        ),
        form="CSV or Excel with a header",
        rhythm=Rhythm("every year", 12),
        used_for="Places where staff could be, or a hub be held, with opening hours.",
    ),
)
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOURS: Final = {
    "am only": "morning",
    "pm only": "afternoon",
    "am pm continuous": "all day",
    "am pm with closure": "morning and afternoon",
}
_OPERATION: Final = re.compile(r"^Operation in (\d{4})$")
_CLOSED_CODE: Final = "X"  # XL, XLR, XLT: closed, replaced, temporarily closed


def is_library_list(table: pd.DataFrame) -> bool:
    """Recognise the data set by its columns."""
    return {"Reporting service", "Name", "Type", "Monday opening times"} <= set(table.columns)


def open_libraries(table: pd.DataFrame, *, refused: pd.Series) -> tuple[pd.DataFrame, int]:
    """Keep the libraries that stand somewhere and are open in the newest year given; count the others.

    Parameters
    ----------
    refused
        True for rows that `layers.placing.place_sites` must refuse: they are passed on to it whatever they are.
    """
    years = {int(found[1]): name for name in table.columns if (found := _OPERATION.match(str(name)))}
    operation = table[years[max(years)]].str.strip() if years else pd.Series("open", index=table.index)
    running = (operation != "") & ~operation.str.startswith(_CLOSED_CODE)
    closed = (
        table["Year closed"].str.strip() != "" if "Year closed" in table else pd.Series(data=False, index=table.index)
    )
    kind = table["Type"].str.lower()
    standing = kind.str.contains("library") & ~kind.str.contains("mobile")
    chosen = table[(running & ~closed & standing) | refused]
    return chosen, len(table) - len(chosen)


def rows_of(table: pd.DataFrame) -> pd.DataFrame:
    """Name the columns as `layers.placing.place_sites` asks."""
    return pd.DataFrame(
        {
            "code": table["Unique property reference number"].str.strip(),
            "name": [name if "library" in name.lower() else f"{name} Library" for name in table["Name"]],
            "category": "library",
            "postcode": table["Postcode"],
            "easting": table["Easting"],
            "northing": table["Northing"],
            "opening_hours": [opening_text(list(hours)) for hours in table[_columns()].to_numpy()],
        },
    )


def opening_text(hours: list[str]) -> str:
    """Write a week's opening times in one line; days that are not told are left out.

    Examples
    --------
    >>> opening_text(["Closed", "AM Only", "AM & PM (continuous)", "PM Only", "", "AM Only", "Closed"])
    'Tue, Sat morning; Wed all day; Thu afternoon; closed Mon, Sun'
    """
    week = [(day[:3], re.sub(r"[^a-z]+", " ", text.lower()).strip()) for day, text in zip(_DAYS, hours, strict=True)]
    alike: dict[str, list[str]] = {}
    for day, text in week:
        if text in _HOURS:
            alike.setdefault(_HOURS[text], []).append(day)
    closed = [day for day, text in week if text == "closed"]
    opened = [f"{', '.join(days)} {words}" for words, days in alike.items()]
    return "; ".join([*opened, f"closed {', '.join(closed)}"] if closed else opened)


def _columns() -> list[str]:
    return [f"{day} opening times" for day in _DAYS]
