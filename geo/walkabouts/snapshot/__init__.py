"""The official count of a single night."""
