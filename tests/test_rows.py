import json
from hashlib import sha256
from itertools import chain

from hypothesis import given

from kg import schema
from kg.model import Graph
from kg.rows import stamped, tables
from tests.random_graphs import graphs

KINDS: dict[str, type] = {"long": int, "double": float, "boolean": bool, "string": str}


@given(graph=graphs())
def test_values_are_of_the_kind_that_the_schema_says(graph: Graph) -> None:
    for table in tables(graph, graph_id="g", graph_digest="d"):
        for name, value in chain.from_iterable(row.items() for row in table.rows):
            kind = schema.VALUES.get(name, "string")
            values = value if kind.endswith("[]") else [] if value is None else [value]
            assert {type(one) for one in values} <= {KINDS[kind.removesuffix("[]")]}, name


def test_a_stamp_is_the_graph_and_the_digest_of_the_row() -> None:
    row = {"name": "Go-Explore", "id": "method/go-explore"}
    text = '{"id": "method/go-explore", "name": "Go-Explore"}'
    rev = int(sha256(text.encode()).hexdigest()[:16], 16) // 2
    assert stamped(row, "g") == {**row, "kg": "g", "rev": rev}
    assert stamped(json.loads(json.dumps(row)), "g")["rev"] == rev
