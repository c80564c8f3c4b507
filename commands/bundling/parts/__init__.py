"""The files that are laid into a bundle as they are, but for a few words."""
