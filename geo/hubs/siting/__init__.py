"""Choosing a set of hubs: four questions, an instant answer, then a proof of how good it is."""
