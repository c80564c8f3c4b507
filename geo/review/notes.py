"""The sentences an officer should read after an import."""

from collections.abc import Mapping

from geo.review.feeds import Feed
from geo.review.tables import Table


def notes_for(
    mapping: Mapping[str, str],
    kinds: tuple[str, str],
    *,
    earlier: Feed | None,
    folded: Mapping[str, int],
    table: Table,
) -> tuple[str, ...]:
    """Say what is easily overlooked in a file.

    Parameters
    ----------
    mapping
        Field to column, as used.
    kinds
        The kind of address and of date.
    earlier
        The feed as it was before, or None for its first export.
    folded
        Field to rows whose text was not kept.
    """
    notes = [*_about_kinds(kinds, earlier), *_about_columns(mapping, earlier)]
    if len(table.sheets) > 1:
        notes.append(f"Of {len(table.sheets)} sheets only '{table.sheet}' was read; name another one with --sheet.")
    notes += [
        f"{rows:,} row{'s' * (rows > 1)} said something under {field.replace('_', ' ')} that could be more than a "
        "category; it was not kept."
        for field, rows in folded.items()
        if rows
    ]
    return tuple(notes)


def _about_kinds(kinds: tuple[str, str], earlier: Feed | None) -> list[str]:
    before = (earlier.address_kind, earlier.date_kind) if earlier else kinds
    changed = [
        f"The kind of {what} of this feed was '{old}' and is now '{new}': rows of both kinds are counted apart."
        for what, old, new in zip(("address", "date"), before, kinds, strict=True)
        if old != new
    ]
    unsaid = [what for what, kind in zip(("address", "date"), kinds, strict=True) if kind == "not_stated"]
    return changed + [f"Nobody has said which kind of {what} the file holds." for what in unsaid]


def _about_columns(mapping: Mapping[str, str], earlier: Feed | None) -> list[str]:
    notes = []
    if "household_ref" not in mapping:
        notes.append("The file has no household reference: its rows count, not households.")
    if "referral_id" not in mapping:
        notes.append(
            "The file has no referral id: a row is known again only while what it says stays the same, and counts as "
            "a new row where it changes."
        )
    used_before = {field for field, column in earlier.columns.items() if column} if earlier else set(mapping)
    if earlier and used_before != set(mapping) and not {"referral_id"} <= (used_before & set(mapping)):
        notes.append(
            "Other columns are used than last time and there is no referral id: rows kept from earlier exports are "
            "not known again, and count as new rows."
        )
    return notes
