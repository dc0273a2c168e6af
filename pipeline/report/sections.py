"""The sections of figure blocks, in the order of figures.toml."""

from collections.abc import Callable

from pipeline.report.access_blocks import access
from pipeline.report.after_exit import after_exit
from pipeline.report.blocks import Block, Numbering, Section
from pipeline.report.groups import block, chosen, layout
from pipeline.report.pub import Pub
from pipeline.report.quality import quality
from pipeline.report.sentences import Voice

Builder = Callable[[Pub, Voice, Numbering], tuple[Block, ...]]
# Sections with blocks of their own; breakdowns named in figures.toml follow them.
OWN: dict[str, Builder] = {"qualitaet": quality, "zugang": access, "austritt": after_exit}


def sections(pub: Pub, voice: Voice, numbering: Numbering) -> tuple[Section, ...]:
    """The sections that have blocks, each from the newest month of its Kennzahl."""
    found = []
    for part in layout()["abschnitt"]:
        name, code = part["id"], part.get("kennzahl", "")
        blocks = OWN[name](pub, voice, numbering) if name in OWN else ()
        months = pub.detail_months(code)
        if months:
            blocks += tuple(
                block(pub, voice, numbering, code, breakdown, months[-1])
                for breakdown in chosen(pub, part, months[-1])
            )
        if blocks:
            about = {"monat": voice.n.month(months[-1])} if months else {}
            lead = voice.t(f"abschnitt.{name}_vorspann", **about)
            found.append(Section(name, voice.t(f"abschnitt.{name}"), lead, blocks))
    return tuple(found)
