"""Put the planner, its packages and a Python into one folder that runs without being installed."""
