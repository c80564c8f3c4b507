"""Finds per visit-hour, and how sure they are."""
