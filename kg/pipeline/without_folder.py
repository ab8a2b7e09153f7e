"""Files → records, with no graph's folder: what ``kg extract`` and ``kg evaluate`` do."""

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from kg.errors import ReadError
from kg.evaluate import Scores, evaluate
from kg.extract import Workers
from kg.model import Extraction, Paper, Reject
from kg.pipeline.intake import batches
from kg.read import open_inputs, read_papers
from kg.record import Json, to_record


def extract_files(
    paths: Sequence[Path], pool: Workers, *, say: Callable[[str], None]
) -> Iterator[Extraction]:
    """Yield the extraction of each paper, in the order of the files; rejects are said."""
    for source in open_inputs(paths):
        for batch in batches(read_papers(source)):
            for reject in batch:
                if isinstance(reject, Reject):
                    say(f"{reject.source}:{reject.line}: {reject.reason}")
            yield from pool.extract([paper for paper in batch if isinstance(paper, Paper)])


def evaluate_gold(gold: Path, records: Path | None) -> Scores:
    """Score the records against the gold; without records, those of the default extractor."""
    papers = _json_lines(gold, needed=("id", "title", "abstract"))
    if records is not None:
        needed = ("id", "text", "mentions", "entities", "relations")
        return evaluate(papers, _json_lines(records, needed=needed))
    with Workers("rules") as pool:
        found = pool.extract([_gold_paper(paper) for paper in papers])
        threshold = pool.extractor.threshold
    return evaluate(papers, [to_record(one, threshold=threshold) for one in found])


def _gold_paper(record: Json) -> Paper:
    own_id = str(record["id"])
    return Paper(id=own_id, own_id=own_id, title=record["title"], abstract=record["abstract"])


def _json_lines(path: Path, *, needed: Sequence[str]) -> list[Json]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ReadError(f"{path}: cannot be read: {error}") from error
    records = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                record = json.loads(line)
            except ValueError as error:
                raise ReadError(f"{path}:{number}: no JSON: {error}") from error
            missing = [
                name for name in needed if not isinstance(record, dict) or name not in record
            ]
            if missing:
                raise ReadError(f"{path}:{number}: the record has no {', '.join(missing)}")
            records.append(record)
    if not records:
        raise ReadError(f"{path}: holds no record")
    return records
