"""mvad → one delivery in the canonical form: how foreign data become a delivery.

mvad: 712 young people of Northern Ireland, followed month by month for six years. Source:
D. McVicar and M. Anyadike-Danes, "Predicting successful and unsuccessful transitions from school to
work by using sequence methods", Journal of the Royal Statistical Society A 165 (2002), 317-334;
widely distributed with the R package TraMineR. It is read from the installed package `sequenzo`,
which is never imported, or from any other copy of mvad.csv.

What is taken for what:

* **Stock.** A month of joblessness or training is a month in stock; its Stichtag is the 15th.
* **Take-up.** The first month of employment after a month in stock is the begin of an insured job
  (art `sv`) on the 1st; it ends with the last day of the last month in employment. Employment after
  school, further or higher education is written too: it is a job, but nobody in stock took it up.
* **Measure.** A spell of training is a participation in `BAE` (vocational training outside a firm,
  the instrument closest to a youth training programme), from the 1st of its first month to the last
  day of its last one; open when the data end inside it.
* **Duration.** Receipt begins on the 1st of the first month in stock; a single month out of stock
  has at most 31 days and does not end it. Who was in stock in the first month begins there: earlier
  months are not in the data.
* **Time.** The true months, July 1993 … June 1999.
* **Not synthetic.** `synthetisch = false`: these are real people, though of another country,
  another time and no Jobcenter. The figures test arithmetic and say nothing about SGB II.

Columns that mvad has no equivalent of are absent.
"""

import calendar
import csv
import importlib.util
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from pipeline.errors import UsageError

FIRST_MONTH = 12 * 1993 + 6  # July, as 12 * year + month - 1
MONTHS = 72
STOCK = frozenset({"joblessness", "training"})
STATE_COLUMNS = slice(14, 14 + MONTHS)

Line = list[str]


def find_mvad() -> Path:
    """The file inside the installed package; the package's own code is not run.

    Raises UsageError without the package.
    """
    spec = importlib.util.find_spec("sequenzo")
    if spec is None or not spec.submodule_search_locations:
        raise UsageError(
            "mvad.csv fehlt: Das Paket sequenzo ist nicht installiert. Entweder einmal `make test` "
            "aufrufen oder den Pfad einer eigenen mvad.csv angeben."
        )
    return Path(spec.submodule_search_locations[0]) / "datasets" / "mvad.csv"


def write_delivery(source: Path, folder: Path) -> None:
    """Write the four files of the delivery into `folder`, which must not exist.

    source: mvad.csv, one row per person; the columns 15 to 86 are the months.
    """
    folder.mkdir(parents=True)
    (folder / "lieferung.toml").write_text(
        'lieferung = "mvad"\ndatenstand = 1999-06-30\ntraeger = "nordirland"\nart = "voll"\n'
        "synthetisch = false\n",
        encoding="utf-8",
    )
    stock: list[Line] = []
    jobs: list[Line] = []
    measures: list[Line] = []
    with source.open(encoding="utf-8", newline="") as handle:
        reader = csv.reader(handle)
        header = next(reader)
        male = header.index("male")
        for person in reader:
            states = person[STATE_COLUMNS]
            stock += _stock_lines(person[0], "m" if person[male] == "yes" else "w", states)
            for first, last in _spells(states, {"employment"}):
                jobs.append([f"b{person[0]}-{first}", person[0], *_span(first, last), "sv"])
            for first, last in _spells(states, {"training"}):
                measures.append([f"t{person[0]}-{first}", person[0], *_span(first, last), "BAE"])
    known = {line[0] for line in stock}
    jobs = [line for line in jobs if line[1] in known]
    _write(folder / "bestand.csv", "person_id stichtag geschlecht leistungsbezug_seit", stock)
    _write(folder / "beschaeftigungen.csv", "beschaeftigung_id person_id beginn ende art", jobs)
    _write(
        folder / "teilnahmen.csv", "teilnahme_id person_id eintritt austritt instrument", measures
    )


def _stock_lines(person_id: str, sex: str, states: list[str]) -> Iterator[Line]:
    begin = 0
    for month, state in enumerate(states):
        if state not in STOCK:
            continue
        # In stock in neither of the two months before: a new receipt.
        if not any(before in STOCK for before in states[max(0, month - 2) : month]):
            begin = month
        yield [person_id, _day(month, 15), sex, _day(begin, 1)]


def _spells(states: list[str], wanted: set[str]) -> Iterator[tuple[int, int]]:
    """First and last month of every unbroken run of the wanted states."""
    for is_wanted, run in groupby(enumerate(states), key=lambda item: item[1] in wanted):
        months = [month for month, _ in run]
        if is_wanted:
            yield months[0], months[-1]


def _span(first: int, last: int) -> tuple[str, str]:
    """The first and the last day of a spell; the last one is empty when the data end inside it."""
    month = FIRST_MONTH + last
    length = calendar.monthrange(month // 12, month % 12 + 1)[1]
    return _day(first, 1), "" if last == MONTHS - 1 else _day(last, length)


def _day(month: int, day: int) -> str:
    month += FIRST_MONTH
    return date(month // 12, month % 12 + 1, day).isoformat()


def _write(path: Path, header: str, lines: list[Line]) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header.split(), *lines])
