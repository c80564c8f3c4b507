"""Made-up records for the tests of evidence."""

import pandas as pd

from geo.schema import RECORDS


def records(*rows):
    """Make records from (household, month, status) and anything else by name."""
    plain = {
        "household": "",
        "feed": "Housing",
        "source": "Housing",
        "route": "self",
        "reason": "",
        "household_type": "",
        "age_band": "",
        "outcome": "",
        "address_kind": "not_stated",
        "date_kind": "not_stated",
        "status": "located",
        "terminated": False,
        "shared_point": False,
        "institution": False,
        "repaired": False,
        "h3_7": 0,
        "h3_8": 0,
        "ward": "",
        "lsoa": "",
        "area": "",
        "district": "",
    }
    made = [plain | {"record": f"r{number:04d}"} | row for number, row in enumerate(rows)]
    frame = pd.DataFrame(made, columns=list(RECORDS.columns))
    flags = dict.fromkeys(("terminated", "shared_point", "institution", "repaired"), bool)
    whole = dict.fromkeys(("h3_7", "h3_8"), "int64")
    text = {name: "str" for name in frame if name not in flags | whole}
    return RECORDS.validate(frame.astype(text | flags | whole))


def at(household, month, **other):
    return {"household": household, "month": month, **other}
