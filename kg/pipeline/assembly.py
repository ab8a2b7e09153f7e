"""What a folder's graph is made from, beside the ledger, and the making."""

import gc
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import cached_property

from kg import schema
from kg.assemble import VERSION, Assembly, assemble
from kg.corrections import Correction, corrections_digest, parse_correction, read_corrections
from kg.ids import digest
from kg.ledger import Ledger, Run
from kg.lexicon import Lexicon, read_lexicon
from kg.model import Extraction
from kg.pipeline.folder import GraphFolder


@dataclass(frozen=True)
class Settings:
    """How the papers of a ledger become a graph.

    ``claim_threshold`` is the confidence from which claims stand, ``infer`` says whether what
    follows from them is added.
    """

    corrections: tuple[Correction, ...] = ()
    claim_threshold: float = 0.0
    infer: bool = False

    @classmethod
    def of(cls, folder: GraphFolder, ledger: Ledger) -> "Settings":
        """Return the present ones: of a recipe or command, else the extractor's own."""
        threshold = ledger.recall("claim_threshold") or ledger.recall("extractor_threshold") or 0
        return cls(
            read_corrections(folder.corrections), float(threshold), bool(ledger.recall("infer"))
        )

    @classmethod
    def of_run(cls, run: Run) -> "Settings":
        """Return those of a run."""
        kept = json.loads(run.settings)
        lines = (parse_correction(line, n) for n, line in kept["corrections"])
        return cls(tuple(lines), kept["claim_threshold"], kept["infer"])

    def to_json(self, graph_digest: str) -> str:
        """Return what a run keeps of them."""
        lines = [[one.line, str(one)] for one in self.corrections]
        kept = {**asdict(self), "corrections": lines, "digest": graph_digest}
        return json.dumps(kept, ensure_ascii=False)

    @cached_property
    def lexicon(self) -> Lexicon:
        """The names that are known beforehand."""
        return read_lexicon()

    def digest(self, ledger: Ledger) -> str:
        """Return the digest of all that the graph is made from."""
        return digest(
            VERSION,
            str(schema.VERSION),
            ledger.digest(),
            self.lexicon.digest,
            corrections_digest(self.corrections),
            str(self.claim_threshold),
            *(["infer"] if self.infer else []),
        )

    def assemble(self, ledger: Ledger) -> Assembly:
        """Return the graph of the ledger's papers as they stand."""
        return self.assembled(ledger.extractions())

    def assembled(self, extractions: Iterable[Extraction]) -> Assembly:
        """Return the graph of these extractions."""
        with no_cycle_search():
            return assemble(
                extractions,
                self.lexicon,
                self.corrections,
                claim_threshold=self.claim_threshold,
                infer=self.infer,
            )


@contextmanager
def no_cycle_search() -> Iterator[None]:
    """Do without the collector of reference cycles.

    Frozen records have none, and to look for them among millions takes half of the time.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
