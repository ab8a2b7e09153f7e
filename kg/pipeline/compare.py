"""Two states of a graph, or two graphs, set side by side."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from kg.diff import Change, Stage, changes_by_stage, explain
from kg.errors import UsageError
from kg.export import read_export
from kg.ledger import Ledger, Run
from kg.model import Extraction, Graph
from kg.pipeline.assembly import Settings
from kg.pipeline.folder import GraphFolder


@dataclass(frozen=True)
class State:
    """What a graph is made from: its papers' extractions by paper id, and the settings."""

    extractions: Mapping[str, Extraction]
    settings: Settings

    @classmethod
    def of(cls, folder: GraphFolder, ledger: Ledger, run: Run | None = None) -> "State":
        """Return the present state of a folder, or that after a run."""
        found = ledger.extractions(run=run.number if run else None)
        settings = Settings.of_run(run) if run else Settings.of(folder, ledger)
        return cls({one.paper.id: one for one in found}, settings)

    def graph(self) -> Graph:
        """Assemble it."""
        return self.settings.assembled(self.extractions.values()).graph


def diff_since(folder: GraphFolder, since: str = "") -> list[Change]:
    """Return what changed since a run (its number, or a date), or in the last run."""
    with folder.open() as ledger:
        new, run = State.of(folder, ledger), _run(ledger.runs(), since)
        old = State.of(folder, ledger, run) if run else State({}, new.settings)
        return diff_states(old, new)


def diff_places(old: Path, new: Path) -> list[Change]:
    """Return what differs between two graphs: folders, or exports as JSON Lines."""
    if old.is_dir() and new.is_dir():
        return diff_states(_state_at(old), _state_at(new))
    return explain(_graph_at(old), _graph_at(new))


def diff_states(old: State, new: State) -> list[Change]:
    """Return what differs, each change with the step that brought it.

    First the papers are exchanged, then the extractors, then the corrections, then the settings.
    """
    stages = []
    state = old
    for cause, step in _steps(old, new):
        papers = frozenset(_differing(state.extractions, step.extractions))
        stages.append(Stage(cause, step.graph(), papers))
        state = step
    return changes_by_stage(old.graph(), stages) if stages else []


def _steps(old: State, new: State) -> list[tuple[str, State]]:
    """Return the states between old and new, each but one thing from the one before."""
    papers = {
        one: old.extractions[one]
        if one in old.extractions and old.extractions[one].paper == extraction.paper
        else extraction
        for one, extraction in new.extractions.items()
    }
    steps, state = [], old
    for cause, after in (
        ("input", replace(old, extractions=papers)),
        ("extractor", replace(old, extractions=new.extractions)),
        (
            _exchanged(old.settings, new.settings),
            State(new.extractions, replace(old.settings, corrections=new.settings.corrections)),
        ),
        ("setting", new),
    ):
        if after != state:
            steps.append((cause, after))
            state = after
    return steps


def _exchanged(old: Settings, new: Settings) -> str:
    """Name the corrections that came or went."""
    before, after = ({" ".join(str(c).split()) for c in s.corrections} for s in (old, new))
    lines = [f"+ {one}" for one in sorted(after - before)]
    lines += [f"- {one}" for one in sorted(before - after)]
    return f"correction: {'; '.join(lines[:3])}{' …' if len(lines) > 3 else ''}"


def _differing(old: Mapping[str, Extraction], new: Mapping[str, Extraction]) -> set[str]:
    return {one for one in old.keys() | new.keys() if old.get(one) != new.get(one)}


def _run(runs: list[Run], since: str) -> Run | None:
    """Return the run after which the changes count; None for the beginning, before any."""
    if not since:
        return runs[-2] if len(runs) > 1 else None
    if since.isdigit():
        found = [run for run in runs if run.number == int(since)]
        if not found:
            known = ", ".join(str(run.number) for run in runs[-5:])
            raise UsageError(f"no run has the number {since}; the last ones are {known}")
        return found[0]
    before = [run for run in runs if run.at[: len(since)] < since]
    return before[-1] if before else None


def _graph_at(path: Path) -> Graph:
    return _state_at(path).graph() if path.is_dir() else read_export(path)


def _state_at(path: Path) -> State:
    folder = GraphFolder(path)
    with folder.open() as ledger:
        return State.of(folder, ledger)
