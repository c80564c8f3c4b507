"""Map: where clients came from, by number or for every thousand homes, and what is known of the ground they live on."""

from pages.kit import filters, frame, map_view, partner_map, session
from pages.kit.count_view import count_views
from pages.kit.deprivation_view import deprivation_views
from pages.kit.homes_view import homes_views
from pages.kit.rates import rate_views

workspace = session.current_workspace()
frame.show_title("Map", "Where clients came from, and the surgeries, food banks and other places near them.")
partner = partner_map.ask_whose(workspace)
if partner:
    views = partner_map.partner_views(workspace, partner)
else:
    drawn = filters.choose_drawn()
    if drawn == "homes":
        views = homes_views(workspace)
    elif drawn == "deprivation":
        views = deprivation_views(workspace)
    else:
        choice = filters.choose_map(workspace, drawn)
        views = count_views(workspace, choice) if drawn == "clients" else rate_views(workspace, choice, drawn)
map_view.show_views(views, district=str(workspace.root))
