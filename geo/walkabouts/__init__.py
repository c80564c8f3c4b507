"""Walkabouts: where a street-outreach team walks."""
