"""The Map page's first view: how many clients came from where."""

from geo.review.workspace import Workspace
from layers.referrals import classes_for
from pages.kit import evidence, pictures, results
from pages.kit.filters import MapChoice
from pages.kit.map_view import MapView
from pages.kit.pictures import Extras
from pages.kit.results import Counted


def count_views(workspace: Workspace, choice: MapChoice) -> list[MapView]:
    """Map the clients of each selection, in the same classes."""
    counted = [results.count(workspace, chosen, by=choice.by) for chosen in choice.selections]
    return [_view(workspace, one, counted, choice) for one in counted]


def _view(workspace: Workspace, one: Counted, every: list[Counted], choice: MapChoice) -> MapView:
    grid = evidence.grid(workspace, resolution=choice.hexagons or evidence.usual_resolution(workspace))
    picture = pictures.counts_map(
        workspace,
        one,
        title=f"Where clients came from, {results.title(one)}",
        classes=classes_for(*(results.table_of(other) for other in every)),
        grid=grid,
        extras=Extras(choice.overlays, [results.short_note(one)], tiles=choice.tiles),
    )
    table = results.count_table(workspace, one, grid)
    return MapView(
        heading=results.title(one),
        picture=picture,
        sentences=results.unmapped_sentences(one),
        caption=results.unit_note(workspace, one),
        table=table,
        about=f"Clients by place, {results.title(one)}",
        note=results.RANGE_NOTE,
        downloads=results.count_downloads(workspace, one, picture, table),
    )
