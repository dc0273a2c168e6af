"""Numbers, months and dates as a reader sees them. The only module that formats figures.

Rates have one decimal, counts none. German: decimal comma, thousands dot, true minus U+2212.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

NBSP = "\u00a0"
MINUS = "\u2212"
TENTH = Decimal("0.1")


def tenth(value: Decimal | float) -> Decimal:
    """One decimal, rounded half away from zero."""
    return Decimal(str(value)).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Numbers:
    """Formats for one language, `de` or `en`."""

    lang: str

    @property
    def _locale(self) -> Locale:
        return Locale.parse("en_GB" if self.lang == "en" else "de_DE")

    def rate(self, value: Decimal | float) -> str:
        """18.14 becomes "18,1"."""
        return self._signed(format_decimal(tenth(value), "#,##0.0", locale=self._locale))

    def count(self, value: Decimal | float) -> str:
        """12345 becomes "12.345"; fractions are rounded half away from zero."""
        whole = Decimal(str(value)).quantize(Decimal(1), ROUND_HALF_UP)
        return self._signed(format_decimal(whole, "#,##0", locale=self._locale))

    def difference(self, value: Decimal) -> str:
        """With a sign unless zero: "+1,2", "−0,4", "0,0"."""
        return ("+" if value > 0 else "") + self.rate(value)

    def month(self, month: str) -> str:
        """ "2015-12" becomes "Dezember 2015", kept together by a no-break space."""
        day = date.fromisoformat(f"{month}-01")
        return format_date(day, "LLLL yyyy", locale=self._locale).replace(" ", NBSP)

    def short_month(self, month: str) -> str:
        """ "2015-12" becomes "Dez. 2015", for axes."""
        day = date.fromisoformat(f"{month}-01")
        return format_date(day, "LLL yyyy", locale=self._locale).replace(" ", NBSP)

    def day(self, iso: str) -> str:
        """ "2015-12-31" becomes "31. Dezember 2015"; anything else is returned unchanged."""
        try:
            day = date.fromisoformat(iso)
        except ValueError:
            return iso
        pattern = "d MMMM yyyy" if self.lang == "en" else "d. MMMM yyyy"
        return format_date(day, pattern, locale=self._locale).replace(" ", NBSP)

    def bytes(self, size: int) -> str:
        """A file size in kB, rounded up: "12 kB"."""
        return f"{self.count(-(-size // 1000))}{NBSP}kB"

    def _signed(self, text: str) -> str:
        return text.replace("-", MINUS)
