"""The terminal: the same work as the screens, as `planner ...`."""
