"""Where to walk: a question for the routing, and its answer on the streets."""
