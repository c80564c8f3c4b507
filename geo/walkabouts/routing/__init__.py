"""Orienteering: the stops worth most in the minutes there are."""
