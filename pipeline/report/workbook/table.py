"""One sheet of figures: title, unit, banners, then one row per cell under a frozen header."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import chain

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from pipeline.breakdowns import Breakdown, breakdowns
from pipeline.report.downloads import labels_of
from pipeline.report.pub import SEXES, TOTAL, Figure
from pipeline.report.sentences import Voice
from pipeline.report.workbook.layout import AVERAGE, COUNT, RATE, WORD, Layout
from pipeline.report.workbook.sheets import Line, Sheet

HEAD_ROW = 3
MONTH_WIDTH, FIGURE_WIDTH, NARROWEST, WIDEST = 16, 14, 11, 46
HEAD_HEIGHT = 32
EXCEL_DAY_ZERO = date(1899, 12, 30)
SEX_WORDS = {"w": "frauen", "m": "maenner", "insgesamt": "insgesamt"}

Labels = dict[tuple[str, str], str]
Cell = tuple[float | str, str]


def write_sheet(layout: Layout, sheet: Sheet, voice: Voice) -> None:
    """Add the sheet to the book; its rows can be filtered, its head is printed on every page."""
    page = layout.sheet(sheet.name)
    formats = layout.formats
    contents = voice.t("mappe.inhalt")
    page.write_string(0, 0, sheet.titel, formats["title"])
    page.write_string(1, 0, unit_words(sheet, voice))
    page.write_url(2, 0, f"internal:'{contents}'!A1", formats["link"], contents)
    page.write_string(2, 1, layout.banner, formats["warning"])
    names, figures = _name_head(sheet, voice), _figure_head(sheet, voice)
    for column, words in enumerate([*names, *figures]):
        page.write_string(HEAD_ROW, column, words, formats["head"])
    widths = _write_rows(page, formats, sheet, voice, len(names))
    for column, width in enumerate([*widths, *(FIGURE_WIDTH for _ in figures)]):
        page.set_column(column, column, width)
    page.set_row(HEAD_ROW, HEAD_HEIGHT)
    page.freeze_panes(HEAD_ROW + 1, len(names))
    page.autofilter(HEAD_ROW, 0, HEAD_ROW + len(sheet.lines), len(names) + len(figures) - 1)
    page.repeat_rows(0, HEAD_ROW)


def _write_rows(
    page: Worksheet, formats: dict[str, Format], sheet: Sheet, voice: Voice, first_figure: int
) -> list[int]:
    """Write one row per line; returns the widths of the columns before the first figure."""
    labels = labels_of(voice.n.lang)
    widths = [MONTH_WIDTH] + [NARROWEST] * (first_figure - 1)
    for row, line in enumerate(sheet.lines, start=HEAD_ROW + 1):
        page.write_number(row, 0, _serial(line.month), formats["month"])
        for column, words in enumerate(_names(sheet, line, labels, voice), start=1):
            page.write_string(row, column, words)
            widths[column] = max(widths[column], min(len(words) + 2, WIDEST))
        column = first_figure
        for value, how in _cells(sheet, line, voice):
            if isinstance(value, str):
                page.write_string(row, column, value, formats[WORD])
            else:
                page.write_number(row, column, value, formats[how])
            column += 1
        if note := _note(line, voice):
            page.write_string(row, column, note)
    return widths


def unit_words(sheet: Sheet, voice: Voice) -> str:
    """What the quotas of a sheet and their gap are measured in."""
    units = dict.fromkeys(code.extra["einheit"] for code in sheet.kennzahlen)
    words = "; ".join(voice.t(f"einheit.kennzahl.{unit}") for unit in units)
    return voice.t("mappe.blatt_einheit", einheit=words, abstand=voice.t("einheit.abstand_lang"))


def _serial(month: str) -> int:
    """The first of a month as Excel counts days."""
    return (date.fromisoformat(f"{month}-01") - EXCEL_DAY_ZERO).days


def _name_head(sheet: Sheet, voice: Voice) -> list[str]:
    head = [voice.t("csv.berichtsmonat")]
    if sheet.several:
        head.append(voice.t("csv.kennzahl"))
    return head + [_plain(merkmal).titel(voice.n.lang) for merkmal in sheet.breakdown.merkmale]


def _plain(merkmal: str) -> Breakdown:
    """The breakdown by one attribute alone."""
    return next(b for b in breakdowns() if b.merkmale == (merkmal,))


def _figure_head(sheet: Sheet, voice: Voice) -> list[str]:
    def by_sex(column: str) -> list[str]:
        what = voice.t(f"csv.{column}")
        return [
            voice.t("mappe.spalte", was=what, wer=voice.t(f"wort.{SEX_WORDS[sex]}"))
            for sex in SEXES
        ]

    head = [*by_sex("quote"), voice.t("wort.abstand"), *by_sex("zaehler"), *by_sex("nenner")]
    if sheet.has_limits:
        head += chain(*zip(by_sex("untergrenze"), by_sex("obergrenze"), strict=True))
    return [*head, voice.t("mappe.hinweis")]


def _names(sheet: Sheet, line: Line, labels: Labels, voice: Voice) -> list[str]:
    """The words that name a row, after the month."""
    found = [line.kennzahl.label(voice.n.lang)] if sheet.several else []
    codes = line.codes if sheet.breakdown.id != TOTAL else ()
    return found + [
        labels.get((f"{sheet.breakdown.id} {i}", code), code) for i, code in enumerate(codes, 1)
    ]


def _cells(sheet: Sheet, line: Line, voice: Voice) -> Iterator[Cell]:
    """Each figure with the name of its format, or the words for why there is none."""
    figures: list[Figure] = [getattr(line.pair, sex) for sex in SEXES]
    for figure in figures:
        yield _number(figure.quote, figure, voice), RATE
    gap = line.pair.gap
    yield (voice.t("status.entfaellt") if gap is None else float(gap)), RATE
    for figure in figures:
        yield _number(figure.zaehler, figure, voice), COUNT
    stock = AVERAGE if line.kennzahl.extra["art"] == "bestand" else COUNT
    for figure in figures:
        yield _number(figure.nenner, figure, voice), stock
    if sheet.has_limits:
        for figure, limits in zip(figures, line.limits, strict=True):
            for limit in limits:
                yield _number(limit, figure, voice), RATE


def _number(value: Decimal | float | None, figure: Figure, voice: Voice) -> float | str:
    """A number, or the words for why there is none."""
    if value is not None:
        return float(value)
    return voice.t(f"status.{'fehlt' if figure.shown else figure.status}")


def _note(line: Line, voice: Voice) -> str:
    """Whose figures rest on few cases; mostly nothing."""
    few = [SEX_WORDS[sex] for sex in SEXES if getattr(line.pair, sex).status == "unsicher"]
    if not few:
        return ""
    return voice.t("status.hinweis_eine", wer=", ".join(voice.t(f"wort.{who}") for who in few))
