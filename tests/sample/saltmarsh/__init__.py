"""Make the fictional district of Saltmarsh, the same to the last byte on every machine."""
