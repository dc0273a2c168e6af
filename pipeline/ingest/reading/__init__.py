"""Files → tables of text: every format has a reader, run in a process that trusts no file."""
