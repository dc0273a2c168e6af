"""The search for direct identifiers: what looks like a name of a person, and where it stands."""
