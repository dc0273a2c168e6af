"""The page: template, own code and Plotly inlined under a policy that names their hashes."""

import json
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pyarrow as pa
from markupsafe import Markup

from pipeline.errors import UsageError
from pipeline.report import frame
from pipeline.report.explorer.columns import published
from pipeline.report.explorer.payload import payload
from pipeline.report.pub import COLUMNS, Pub
from pipeline.report.sentences import Voice
from pipeline.report.tokens import tokens

HERE = Path(__file__).parent
SCRIPTS = (
    "figures.js",
    "view.js",
    "sentences.js",
    "charts.js",
    "dumbbell.js",
    "course.js",
    "table.js",
    "explorer.js",
)
# Plotly's share button sends a chart to this address. It is off, and without the address it stays.
CLOUD = "https://cloud.plotly.com/newchart"
# Two control characters in Plotly's strings are no text in HTML; escaped they mean the same.
CONTROLS = {"\x01": "\\x01", "\x1a": "\\x1a"}


def public(pub: Pub, voice: Voice, facts: dict[str, str]) -> str:
    """explorer.html of the report, from the published rows."""
    rows = pa.Table.from_pylist(list(pub.rows)).select(list(COLUMNS)) if pub.rows else None
    data = payload(published(rows), voice, False) if rows is not None else None
    return render(data, voice, facts, pub.angaben.get("synthetisch") == "true")


def render(
    data: dict[str, Any] | None, voice: Voice, facts: dict[str, str], synthetic: bool
) -> str:
    """The page as HTML. data: see `payload`; None or no Kennzahl leaves the reason in its place."""
    internal = bool(data and data["intern"])
    code = {"plotly": plotly(), "own": own_code()} if data and data["kennzahlen"] else {}
    css = frame.figures_style(voice, facts, synthetic) + (HERE / "explorer.css").read_text("utf-8")
    if internal:
        css = css.replace(
            frame.css_string(voice.t("seite.banner_geheim")),
            frame.css_string(voice.t("explorer.wasserzeichen")),
        )
    css = css.replace('"wasserzeichen"', frame.css_string(voice.t("explorer.wasserzeichen")))
    return frame.environment(HERE).get_template("explorer.html.j2").render(
        t=voice.t,
        n=voice.n,
        facts=facts,
        state_line=frame.state_line(voice, facts),
        synthetic=synthetic,
        internal=internal,
        shapes=tokens().shapes,
        data=Markup(embedded(data)) if code else None,
        code={name: Markup(text) for name, text in code.items()},
        code_hashes=[frame.digest(text) for text in code.values()],
        style=Markup(css),
    )


def embedded(data: Any) -> str:
    """JSON that cannot end the script element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


@cache
def own_code() -> str:
    """The page's own code: its files one after the other, with nothing left in the global scope."""
    files = "\n".join((HERE / name).read_text("utf-8") for name in SCRIPTS)
    return f'\n"use strict";\n(() => {{\n{files}}})();\n'


@cache
def plotly() -> str:
    """plotly.min.js of the installed package, without the address of its share button.

    The package is found, not imported: drawing needs only this file.
    """
    spec = find_spec("plotly")
    if spec is None or spec.origin is None:
        raise UsageError("plotly fehlt. Bitte make setup ausführen.")
    file = Path(spec.origin).parent / "package_data" / "plotly.min.js"
    text = file.read_text(encoding="utf-8").replace(CLOUD, "")
    for character, escape in CONTROLS.items():
        text = text.replace(character, escape)
    return text
