"""Printed maps: how they are looked at, laid out, drawn."""
