"""When to walk, and with whom."""
