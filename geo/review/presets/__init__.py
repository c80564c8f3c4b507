"""Presets: which column of a system's export is which field, as a small file that councils can share."""
