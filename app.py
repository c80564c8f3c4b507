"""Names the pages, sets up logging, runs the chosen page."""
