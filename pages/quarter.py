"""Quarter: the quarterly review, what came in and why, hubs held, rough sleeping, targets, what is due."""

from pages.kit import frame, quarter_view, session

workspace = session.current_workspace()
today = session.review_day(workspace)
frame.show_title("Quarter", "The quarterly review: what came in and why, what was done, and what is due.")

chosen = quarter_view.choose(workspace, today=today)
quarter_view.show(quarter_view.review(workspace, chosen, today=today))
