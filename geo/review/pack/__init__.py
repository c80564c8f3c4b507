"""The May pack: what it is made of, how it is frozen, and how it is told."""
