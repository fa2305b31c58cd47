"""What was measured → docs/benchmarks.md."""

import statistics
from collections.abc import Sequence
from typing import Any

from benchmarks.scale import growth, work_of

HEAD = """# Benchmarks

Written by `make bench`. The reports come from `benchmarks/reports.py`: invented places, varied by grammar, with known facts.
Seconds are of the machine that measured; ratios are taken within one run on one machine.
"""


TITLES = {
    "scale": "Text to validated quads in the store",
    "validate": "The gate over a store",
    "plain": "The plain way",
    "kills": "Kills",
    "recall": "Planted facts found",
    "steps": "Steps on the samples",
    "queries": "Stored questions",
}


def render(measured: dict[str, Any], before: str) -> str:
    """Put together the parts that were measured; of the others, what the page of before says."""
    writers = {"scale": _scale, "validate": _validate, "plain": _plain, "kills": _kills, "recall": _recall, "steps": _steps, "queries": _queries}
    said = {section.partition("\n")[0]: f"\n## {section}".rstrip("\n") + "\n" for section in before.split("\n## ")[1:]}
    return HEAD + "".join(writers[part](measured) if part in measured else said.get(title, "") for part, title in TITLES.items())


def _table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = ["| " + " | ".join(map(str, row)) + " |" for row in (head, ["---", *["---:"] * (len(head) - 1)], *rows)]
    return "\n" + "\n".join(lines) + "\n"


def _scale(measured: dict[str, Any]) -> str:
    runs, machine = measured["scale"]["runs"], measured["scale"]["machine"]
    rows = [
        (
            size,
            run["rounds"],
            f"{run['seconds']:.1f}",
            f"{1000 * run['seconds'] / int(size):.1f}",
            f"{1000 * work_of(run) / int(size):.1f}",
            f"{run['memory']:.0f}",
            f"{run['disk'] / 1e6:.0f}",
            f"{run['again']:.2f}",
            f"{100 * run['again'] / run['seconds']:.1f} %",
        )
        for size, run in sorted(runs.items(), key=lambda item: int(item[0]))
    ]
    head = (
        "reports",
        "runs",
        "seconds",
        "ms a report",
        "processor ms a report",
        "peak memory, MB",
        "store on disk, MB",
        "again, unchanged, s",
        "of the first run",
    )
    text = f"\n## Text to validated quads in the store\n\n`kg ingest`, process pool, {measured['scale']['cores']} cores ({machine}); "
    text += "of several runs the middle one, memory the largest, over all processes.\n" + _table(head, rows)
    for name, measure in (("seconds", lambda run: float(run["seconds"])), ("processor seconds", work_of)):
        grown = ", ".join(f"{a} → {b}: {ratio:.2f}" for a, b, ratio in growth(runs, measure))
        text += f"\nGrowth, {name} a report against {name} a report (1 is linear): {grown}.\n"
    return text + _shares(runs)


def _shares(runs: dict[str, Any]) -> str:
    """The share of each step in the processor seconds of all processes; `store` is all that the main process did."""
    sizes = sorted(runs, key=int)
    steps = list(runs[sizes[-1]]["steps"])
    rows = [(step, *(f"{100 * runs[size]['steps'][step] / sum(runs[size]['steps'].values()):.1f} %" for size in sizes)) for step in steps]
    return "\nShare of each step in the processor seconds of all processes (`store`: all that the main process does):\n" + _table(
        ("step", *(f"{size} reports" for size in sizes)), rows
    )


def _validate(measured: dict[str, Any]) -> str:
    gate = measured["validate"]
    rows = []
    for size, run in sorted(gate["runs"].items(), key=lambda item: int(item[0])):
        alone, together = run["alone"], run["together"]
        figures = (f"{1000 * alone['work'] / int(size):.1f}", f"{1000 * (together['work'] - alone['work']) / int(size):.1f}")
        rows.append((size, f"{alone['seconds']:.1f}", *figures, *(f"{memory:.0f}" for memory in alone["memory"]), f"{together['peak']:.0f}"))
    head = (
        "reports",
        "seconds",
        "processor ms a report",
        "`--corpus`, more ms a report",
        *(f"MB at {point} %" for point in gate["points"]),
        "`--corpus`, most MB",
    )
    of = gate["generated"]
    text = f"\n## The gate over a store\n\n`kg validate --store`, one process ({gate['machine']}); memory in the course of the run.\n" + _table(head, rows)
    text += f"\nOn {of['reports']} generated reports of {of['quads']:.0f} quads: extraction {of['extract']:.1f} processor ms a report, validation {of['validate']:.1f} ms "
    return text + f"({of['validate'] / of['extract']:.2f} times extraction).\n"


def _plain(measured: dict[str, Any]) -> str:
    plain = measured["plain"]
    each = plain["seconds"] / plain["reports"]
    shares = ", ".join(f"{step} {seconds / plain['reports']:.2f} s" for step, seconds in plain["steps"].items())
    text = (
        f"\n## The plain way\n\nOne process, an rdflib graph a report, pySHACL over it: {each:.2f} processor seconds a report, of {plain['reports']} reports "
    )
    text += f"with {plain['quads'] // plain['reports']} quads on average ({shares}).\n"
    if "scale" in measured and "1000" in measured["scale"]["runs"]:
        run, cores = measured["scale"]["runs"]["1000"], measured["scale"]["cores"]
        text += f"On {cores} cores, by the processor seconds of both, which other work on the machine does not lengthen: "
        text += f"**{1000 * each / (work_of(run) / cores):.0f} times** as fast at 1,000 reports"
        wall = 1000 * plain["wall"] / plain["reports"] / run["seconds"] if "wall" in plain else None
        text += f"; by the clock {wall:.0f} times.\n" if wall is not None else ".\n"
    return text


def _kills(measured: dict[str, Any]) -> str:
    kills = measured["kills"]
    between = sum(0 < held < kills["reports"] for held in kills["held"])
    return (
        f"\n## Kills\n\n{kills['hits']} kills (SIGKILL) at random moments of ingestions of {kills['reports']} reports: the store opened each time, "
        f"{between} times with some of the reports; partial reports: {kills['partial']}; the dump after the last run equals that of an undisturbed one: "
        f"{'yes' if kills['equal'] else 'NO'}.\n"
    )


def _recall(measured: dict[str, Any]) -> str:
    recall = measured["recall"]
    rows = [(kind, *recall[kind], f"{100 * recall[kind][0] / recall[kind][1]:.1f} %") for kind in ("quantity", "indicator", "mechanism")]
    text = f"\n## Planted facts found\n\n{recall['reports']} generated reports. A quantity is right with value, unit and bound, an indicator with these and its concept.\n"
    return text + _table(("kind", "found", "planted", "recall"), rows)


def _steps(measured: dict[str, Any]) -> str:
    steps = measured["steps"]
    rows = [(name, f"{ratio:.2f}", f"{ms:.1f}") for name, (ratio, ms) in steps["times"].items()]
    text = f"\n## Steps on the samples\n\n{steps['reports']} reports of {steps['characters']} characters in all, in one process.\n"
    text += _table(("step", "× extraction", "ms a report"), rows)
    grown = ", ".join(f"{factor} × {steps['body']} characters: {ratio:.2f}" for factor, ratio in steps["growth"].items())
    if "engines" in steps:
        plain, fast, whole = (steps["engines"][name] for name in ("plain", "default", "with reading"))
        text += f"\nValidating the same graphs: plain pySHACL with its stock settings {plain:.2f} s, the default engine {fast:.3f} s ({plain / fast:.0f} times as fast; "
        text += f"{plain / whole:.0f} times where it reads the quads as well).\n"
    text += f"\nGrowth of extraction with the length of a text (1 is linear): {grown}.\n"
    if "awkward" in steps:
        piece, ratio = max(steps["awkward"].items(), key=lambda item: item[1])
        text += (
            f"Texts that repeat one awkward piece, 32,000 characters against 8,000, {len(steps['awkward'])} pieces: at most {ratio:.2f} (`{piece.strip()}`).\n"
        )
    if "loading" in steps:
        lexicon, command, rdflib = (steps["loading"][name] for name in ("lexicon", "command", "rdflib"))
        text += f"\nLoading: the lexicon {lexicon:.3f} s; `import kg.cli` {command / rdflib:.2f} times what `import rdflib` takes.\n"
    return text


def _queries(measured: dict[str, Any]) -> str:
    given = measured["queries"]
    rows = given["queries"]
    text = f"\n## Stored questions\n\nSeconds by the clock on the embedded store at {given['large']} reports, until the table is there; `kg index` made its index in {given['indexing']:.0f} s.\n"
    columns = {"sample": "`--sample`", "place": "one place", "concept": "one concept", "all": "all reports"}
    table = []
    for column, title in columns.items():
        seconds = [row[column] for row in rows.values() if column in row]
        above = sorted(name for name, row in rows.items() if row.get(column, 0) > 1)
        table.append((title, len(seconds), f"{statistics.median(seconds):.3f}", f"{max(seconds):.2f}", ", ".join(above) or "none"))
    text += _table(("asked of", "questions", "median", "slowest", "above 1 s"), table)
    slowest = sorted(rows, key=lambda name: -float(rows[name]["all"]))[:10]
    text += "\nThe slowest ten of all reports:\n" + _table(("question", "seconds", "rows"), [(n, f"{rows[n]['all']:.2f}", rows[n]["rows"]) for n in slowest])
    pairs = given["pairs"]
    done = {name: (ours, theirs) for name, (ours, theirs) in pairs.items() if theirs is not None}
    text += f"\nThe same questions, of their samples, at {given['small']} reports on both: the median of the embedded store {statistics.median(o for o, _ in done.values()):.3f} s, of rdflib "
    text += f"{statistics.median(t for _, t in done.values()):.2f} s; rdflib takes {statistics.median(t / o for o, t in done.values()):.0f} times as long (median of the ratios), "
    text += f"{sum(t for _, t in done.values()) / sum(o for o, _ in done.values()):.0f} times over all that it answers"
    late = sorted(set(pairs) - set(done))
    return text + (f"; stopped after {given['limit']} s: {', '.join(late)}.\n" if late else ".\n")
