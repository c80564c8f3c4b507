"""Map: where clients came from, by number or for every thousand homes, and what is near them."""

from pages.kit import filters, frame, map_view, session
from pages.kit.count_view import count_views
from pages.kit.rates import rate_views

workspace = session.current_workspace()
frame.show_title("Map", "Where clients came from, and the surgeries, food banks and other places near them.")
choice = filters.choose_map(workspace)

views = count_views(workspace, choice) if choice.shown == "clients" else rate_views(workspace, choice, choice.shown)
map_view.show_views(views, district=str(workspace.root))
