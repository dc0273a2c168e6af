"""What the notebooks import: loading helpers and the converter of foreign data."""
