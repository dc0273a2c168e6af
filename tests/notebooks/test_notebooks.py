"""Every notebook runs from its first cell to its last, and is committed without output."""

import re
import tempfile
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MACHINE_PATH = re.compile(r"(?<![\w.:/\-])(/(?:home|root|tmp|work|Users|usr|opt)/|[A-Z]:\\)")


def read(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


def execute(name: str) -> dict[str, str]:
    """Run a notebook; text of all outputs by cell id. Raises when a cell fails."""
    book = read(FOLDER / f"{name}.ipynb")
    # A socket file instead of an open port; its path must be short.
    with tempfile.TemporaryDirectory() as sockets:
        kernel = AsyncKernelManager(kernel_name="python3", transport="ipc", ip=f"{sockets}/k")
        place: dict[str, Any] = {"metadata": {"path": str(FOLDER)}}
        NotebookClient(book, km=kernel, timeout=300, resources=place).execute()
    return {
        cell["id"]: "\n".join(text_of(output) for output in cell["outputs"])
        for cell in book["cells"]
        if cell["cell_type"] == "code"
    }


def text_of(output: NotebookNode) -> str:
    if output["output_type"] == "stream":
        return str(output["text"])
    data = output["data"]
    return "\n".join(
        str(data.get(kind, "")) for kind in ("text/plain", "text/markdown", "text/html")
    )


@pytest.fixture(scope="module")
def quotas(curated: Path) -> dict[str, str]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUOTEN_CURATED", str(curated))
        return execute("quoten")


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """The folder that the notebook fills, and its outputs."""
    folder = tmp_path_factory.mktemp("fremd")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QUOTEN_FREMDE_DATEN", str(folder))
        return folder, execute("fremde_daten")


def test_a_figure_computed_anew_equals_the_mart(quotas: dict[str, str]) -> None:
    assert "Frauen: **gleich**" in quotas["gleich"]
    assert "from core_bestand" in quotas["sql"]


def test_the_first_look_says_that_its_figures_are_made_up(quotas: dict[str, str]) -> None:
    assert "Synthetische Daten: Alle Personen und Zahlen sind erfunden." in quotas["aufbau"]


def test_the_first_look_shows_k2_by_duration_and_what_is_suppressed(
    quotas: dict[str, str],
) -> None:
    assert "4 Jahre und mehr" in quotas["k2-tabelle"]
    assert "geheim gehalten" in quotas["k2-ohne-zahl"]


def test_the_outcome_of_measures_stands_beside_the_access_to_them(
    quotas: dict[str, str],
) -> None:
    assert "Berufliche Weiterbildung" in quotas["eq-tabelle"]
    assert "frauenanteil" in quotas["eq-tabelle"]


@pytest.mark.parametrize("cell", ["k2-bild", "eq-bild"])
def test_charts_are_drawn_offline(cell: str, quotas: dict[str, str]) -> None:
    assert "Plotly.newPlot" in quotas[cell]
    assert "<script src" not in quotas[cell]
    assert "circle" in quotas[cell] and "diamond-open" in quotas[cell]


def test_foreign_data_become_a_delivery_and_a_report(
    foreign: tuple[Path, dict[str, str]],
) -> None:
    folder, outputs = foreign
    assert "bestand.csv (9672 Zeilen)" in outputs["lieferung"]
    assert "Bericht: " in outputs["lauf"]
    assert (folder / "reports" / "aktuell" / "index.html").is_file()


def test_foreign_data_end_with_a_look_at_the_figures(
    foreign: tuple[Path, dict[str, str]],
) -> None:
    _, outputs = foreign
    assert "Plotly.newPlot" in outputs["k2"]
    assert "EQ_18" in outputs["eq"] and "12 Monate und mehr" in outputs["eq"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_committed_without_output(path: Path) -> None:
    for cell in read(path)["cells"]:
        if cell["cell_type"] == "code":
            assert cell["outputs"] == [] and cell["execution_count"] is None, cell["id"]
        assert cell["metadata"] == {} and "attachments" not in cell, cell["id"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_the_first_cell_says_that_the_notebook_is_internal(path: Path) -> None:
    first = read(path)["cells"][0]
    assert first["cell_type"] == "markdown"
    assert "**Intern, nicht weitergeben.**" in first["source"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_names_no_place_of_one_machine(path: Path) -> None:
    assert MACHINE_PATH.search(path.read_text(encoding="utf-8")) is None


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_belongs_to_no_environment_of_one_machine(path: Path) -> None:
    kernel = read(path)["metadata"]["kernelspec"]
    assert kernel == {"display_name": "Python 3", "language": "python", "name": "python3"}


def test_both_notebooks_are_there() -> None:
    assert [path.stem for path in NOTEBOOKS] == ["fremde_daten", "quoten"]
