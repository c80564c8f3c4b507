"""Tables of the site register, and the code words of what is agreed, decided and to be done."""

from typing import Final

import pandera.pandas as pa

from geo.schema.columns import column
from geo.schema.words import SITE_CATEGORIES

LIAISON: Final = ("idea", "contacted", "visited", "agreed", "refused", "ended")
"""How a matter with a site stands, in the order in which it goes."""
VERDICTS: Final = ("chosen", "refused", "kept in reserve")
ACTION_STATES: Final = ("open", "done", "dropped")

REGISTER: Final = pa.DataFrameSchema(
    {
        "site_id": column(str, unique=True),
        "name": column(str),
        "category": column(str, check=pa.Check.isin(SITE_CATEGORIES)),
        "town": column(str),  # nearest settlement, else ward, else postcode sector
        "postcode": column(str),
        "services": column(str),  # under one roof, parted by "; "
        "opening_hours": column(str),
        "step_free": column("boolean", nullable=True),
        "private_room": column("boolean", nullable=True),
        "capacity": column("Int64", nullable=True),  # people
        "cost": column(str),
        "host_role": column(str),  # a role, never a name
        "notes": column(str),
        "status": column(str, check=pa.Check.isin(("", *LIAISON))),  # empty: nobody has written of it yet
        "status_day": column(str),  # ISO; empty as above
        "checked": column(str),  # ISO day of the last check; empty where there was none
        "due": column(bool),  # for its annual check
        "entered": column(bool),  # something was noted on it; False: known from a file alone
        "gone": column(str),  # "no longer in the list of ..."; empty while its file has it
        "inside": column(bool),
        "dataset": column(str),  # as in geo.editions, or "register" for a site the council entered itself
    },
    strict=True,
)

LIAISON_LOG: Final = pa.DataFrameSchema(
    {
        "site_id": column(str),
        "number": column("int64"),  # from 1, for each site
        "day": column(str),  # ISO
        "who": column(str),  # of the council: a role or initials
        "with_whom": column(str),  # a role
        "about": column(str),
        "status": column(str, check=pa.Check.isin(LIAISON)),
        "signed": column(str),  # who was at the screen
        "at": column(str),  # ISO, UTC; empty where a script gave no clock
    },
    strict=True,
    unique=["site_id", "number"],
)

SITE_HISTORY: Final = pa.DataFrameSchema(
    {
        "site_id": column(str),
        "field": column(str),
        "was": column(str),
        "became": column(str),
        "who": column(str),
        "at": column(str),  # ISO, UTC; empty where a script gave no clock
    },
    strict=True,
)
