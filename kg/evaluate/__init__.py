"""Files → evaluations: which gold belongs to which text, figures as a table, and whether they reach what was asked."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError, UsageError
from kg.evaluate.agreement import Agreement, agree, disagreements
from kg.evaluate.coding import Coding, coding_of, read_coding
from kg.evaluate.judge import Figure
from kg.evaluate.scores import Evaluation, evaluate_coding, pool
from kg.pipeline import extract_bytes
from kg.record import to_json
from kg.table import Table

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Compared:
    """One text: the gold, the other coding of it, and the evaluation."""

    gold: Coding
    found: Coding
    evaluation: Evaluation


def compare_files(gold: Path, files: Sequence[str], read: Callable[[str], bytes], divisions: tuple[str, ...] = (), place: str | None = None) -> list[Compared]:
    """Evaluate each file against the gold that is about its text; `gold` is a JSON file or a folder of them.

    A `.json` file is read as a record, everything else is extracted now. Raises InputError where no gold is about a file's text.
    """
    golds = list(_golds(gold))
    compared = []
    for name in files:
        found = read_coding(Path(name)) if name.endswith(".json") else coding_of(to_json(extract_bytes(read(name), name, divisions, place)), name)
        if found.kind != "record":
            raise InputError(f"{name}: 应为抽取记录或报告 · expected an extraction record or a report, found an annotation")
        match = next((g for g in golds if g.sha256 == found.sha256), None)
        if match is None and len(golds) == 1 and golds[0].sha256 is None:
            match = golds[0]
        if match is None:
            stated = "、".join(f"{g.name} ({(g.sha256 or '?')[:12]}…)" for g in golds)
            raise InputError(
                f"{name}: 没有针对这一文本的标注(文本 sha256 {(found.sha256 or '')[:12]}…;现有 {stated})· no gold is about this text; its sha256 differs from all of them"
            )
        compared.append(Compared(match, found, evaluate_coding(match, found)))
    return compared


def _golds(path: Path) -> Iterator[Coding]:
    paths = sorted(path.glob("*.json")) if path.is_dir() else [path]
    if not paths:
        raise InputError(f"{path}: 文件夹中没有 .json · no .json file in the folder")
    for each in paths:
        yield read_coding(each)


def figures_table(compared: Sequence[Compared]) -> Table:
    """One row a text and figure, then the pooled figures of all texts under `total` where there are several."""
    rows = [(item.found.name, figure) for item in compared for figure in item.evaluation.figures]
    if len(compared) > 1:
        rows += [(TOTAL, figure) for figure in pool(item.evaluation for item in compared)]
    columns = ("text", "kind", "precision", "recall", "f1", "right", "predicted", "wanted")
    return Table(columns, [(name, f.kind, *_rounded(f), f.right, f.predicted, f.wanted) for name, f in rows])


def _rounded(figure: Figure) -> tuple[str | None, str | None, str]:
    share = f"{figure.f1:.3f}"
    return (None, None, share) if figure.predicted is None else (f"{figure.precision:.3f}", f"{figure.recall:.3f}", share)


def errors_table(compared: Sequence[Compared]) -> Table:
    """One row an error, with the words at its place and what each side says."""
    rows = [
        (item.found.name, e.kind, e.what, e.start, e.end, " ".join((item.found.text or "")[e.start : e.end].split()), e.wanted, e.found)
        for item in compared
        for e in item.evaluation.errors
    ]
    return Table(("text", "kind", "what", "start", "end", "words", "wanted", "found"), rows)


def agreement_table(compared: Sequence[Compared]) -> Table:
    """Agreement of two coders' records, text by text; empty where the gold is an annotation."""
    rows = [(item.found.name, *_agreed(a)) for item in compared if item.gold.kind == "record" for a in agree(item.gold, item.found)]
    return Table(("text", "kind", "label", "units", "share", "kappa", "alpha"), rows)


def _agreed(a: Agreement) -> tuple[str, str, int, str, str | None, str | None]:
    kappa, alpha = (None if value is None else f"{value:.3f}" for value in (a.kappa, a.alpha))
    return a.kind, a.label, a.units, f"{a.share:.3f}", kappa, alpha


def disagreements_table(compared: Sequence[Compared]) -> Table:
    """Every disagreement between two coders' records; raises UsageError where the gold is no record."""
    if any(item.gold.kind != "record" for item in compared):
        raise UsageError("--disagreements 需要两份抽取记录 · needs two extraction records, not an annotation")
    tables = [(item.found.name, disagreements(item.gold, item.found)) for item in compared]
    columns = ("text_file", *tables[0][1].columns) if tables else ("text_file",)
    return Table(columns, [(name, *row) for name, table in tables for row in table.rows])


def below(compared: Sequence[Compared], least: Sequence[str]) -> list[str]:
    """Say which pooled figures are below what was asked: `least` holds KIND=SHARE."""
    figures = {f.kind: f for f in pool(item.evaluation for item in compared)}
    short = []
    for asked in least:
        kind, _, share = asked.partition("=")
        try:
            wanted = float(share)
        except ValueError:
            raise UsageError(f"--min {asked}: 应为 类别=比例 · expected KIND=SHARE, such as quantity=0.95") from None
        if kind not in figures:
            raise UsageError(f"--min {asked}: 没有类别 {kind!r} · no such kind; there are {', '.join(figures)}")
        if figures[kind].f1 < wanted:
            short.append(f"{kind} {figures[kind].f1:.3f} < {wanted:g}")
    return short
