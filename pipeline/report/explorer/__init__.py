"""The explorer: one page on which a reader chooses what is drawn and listed.

`explorer.html` beside the report is built from the published tables; the internal twin of analysts,
from the marts, by `pipeline.explore`.
"""
