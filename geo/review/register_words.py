"""The words of the site register: what its facts, categories and states are called on screens and in files."""

from typing import Final

OWN: Final = "register"
"""The data set of a site that the council entered itself."""

CATEGORY: Final = {
    "council_office": "Council office",
    "hub": "Standing hub",
    "gp_surgery": "GP surgery",
    "food_bank": "Food bank",
    "library": "Library",
    "community_centre": "Community centre",
    "village_hall": "Village hall",
    "place_of_worship": "Place of worship",
    "citizens_advice": "Citizens Advice",
    "jobcentre": "Jobcentre",
    "childrens_centre": "Children's centre",
    "school_or_college": "School or college",
    "military": "Military site",
    "other": "Other site",
}
LABEL: Final = {
    "name": "Name",
    "category": "Category",
    "postcode": "Postcode",
    "services": "Services under one roof",
    "opening_hours": "Opening hours",
    "step_free": "Step-free",
    "private_room": "Private room",
    "capacity": "Capacity",
    "cost": "Cost",
    "host_role": "Host contact (role)",
    "notes": "Notes",
    "checked": "Last checked",
}
"""The facts an officer may write, in their order."""
_SOURCE: Final = {
    "gp_surgeries": "the list of GP surgeries",
    "gp_branches": "the list of branch surgeries",
    "food_banks": "the list of food banks",
    "libraries": "the list of libraries",
    "sites": "the list of community sites",
    "osm_sites": "OpenStreetMap",
}
_COLUMN, _COMMENT, _TOLD, _ENTRY = "column:", "comment:", "told:", "entry:"


def left_its_file(dataset: str) -> str:
    """Say that a site is no longer in its file.

    Examples
    --------
    >>> left_its_file("food_banks")
    'no longer in the list of food banks'
    """
    return f"no longer in {_SOURCE.get(dataset, 'its file')}"


def named_source(dataset: str) -> str:
    """Name the list that a site comes from.

    Examples
    --------
    >>> named_source("libraries"), named_source("register")
    ('the list of libraries', 'entered by the council')
    """
    return "entered by the council" if dataset == OWN else _SOURCE.get(dataset, "a file")


def extra_column(heading: str) -> str:
    """Name the fact that keeps a column which an officer added to the workbook."""
    return _COLUMN + heading


def comment_on(field: str) -> str:
    """Name the fact that keeps what somebody wrote on a cell of the workbook."""
    return _COMMENT + field


def told_only(heading: str) -> str:
    """Name a column of the workbook that is worked out: it can bear a comment, and is not read back."""
    return _TOLD + heading


def is_told_only(field: str) -> bool:
    """Tell whether a column is worked out."""
    return field.startswith(_TOLD)


def entry_cell(number: str, field: str) -> str:
    """Name a cell of an entry of the liaison log, which can bear a comment.

    Examples
    --------
    >>> told(comment_on(entry_cell("3", "about")))
    'Comment on entry 3 of the log, about'
    """
    return f"{_ENTRY}{number}:{field}"


def heading_of(field: str) -> str:
    """Give the heading of an added column; empty where the fact is none."""
    return field.removeprefix(_COLUMN) if field.startswith(_COLUMN) else ""


def commented(field: str) -> str:
    """Say on which fact a comment was written; empty where the fact is no comment."""
    return field.removeprefix(_COMMENT) if field.startswith(_COMMENT) else ""


def told(field: str) -> str:
    """Name any fact for a reader.

    Examples
    --------
    >>> told("step_free"), told("column:Parking"), told("comment:column:Parking")
    ('Step-free', 'Parking', 'Comment on Parking')
    """
    if commented(field):
        return f"Comment on {told(commented(field))}"
    if field.startswith(_ENTRY):
        _, number, name = field.split(":", 2)
        return f"entry {number} of the log, {name.replace('_', ' ')}"
    return heading_of(field) or LABEL.get(field, field.removeprefix(_TOLD).replace("_", " ").capitalize())


def told_value(field: str, text: str) -> str:
    """Write a fact's kept text for a reader: categories by name, all else as it is."""
    return CATEGORY.get(text, text) if field == "category" else text
