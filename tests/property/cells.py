"""What a generated row is before it is written."""

from typing import Any

Cells = dict[str, Any]
