"""From mart to pub: what must not be shown is suppressed, and the status says so."""
