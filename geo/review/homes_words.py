"""What is said of the homes of a district: how many, from where, and how many are on no place of the map."""

from geo.review.homes_layer import HomesLayer


def homes_sentences(found: HomesLayer) -> list[str]:
    """Say how many homes the places hold, where the numbers come from, and what is left."""
    here = float(found.table["homes"].sum())
    year = f", counted in {found.year}" if found.year else ""
    said = [f"{here:,.0f} homes in {len(found.table):,} places ({found.source}{year})."]
    if found.no_area:
        said.append(f"{found.no_area:,.0f} homes of the district lie in none of these areas.")
    if found.outside:
        said.append(
            f"{found.outside:,.0f} homes of the file are on none of them: they lie beyond the district, or their "
            "postcode is not in the postcode file."
        )
    newer = int(found.table["newer_postcodes"].sum())
    if newer:
        said.append(f"{newer:,} postcodes are newer than the homes, so that theirs are not counted.")
    return said
