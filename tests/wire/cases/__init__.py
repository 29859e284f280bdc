"""The cases of the wire tests, one file per subject."""
