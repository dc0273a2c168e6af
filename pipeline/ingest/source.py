"""What a delivered table brings along on its way through staging."""

from dataclasses import dataclass

from pipeline.ingest.delivered_files import RawFile
from pipeline.ingest.reading.readers import RawTable
from pipeline.registries import Contract


@dataclass(frozen=True)
class Source:
    """A table of the delivery `lieferung`: its file, its contract and what was read.

    profil: the profile it was read with, if it needed one. monatsgenau: dates are to be stored only
    to the month where no Kennzahl needs the day.
    """

    lieferung: str
    file: RawFile
    contract: Contract
    raw: RawTable
    profil: str | None = None
    monatsgenau: bool = False

    def facts(self) -> dict[str, str]:
        """The columns that say where a row came from, as parameters."""
        return {"lieferung": self.lieferung, "datei": self.file.name}
