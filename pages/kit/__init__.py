"""What the screens share: the open workspace, cached evidence, offline maps, tables, plain words."""
