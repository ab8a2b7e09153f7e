// All that is said of one thing, as lines from source to target.
//
// $name   entity  its name or id
// $limit  int     how many rows = 50
MATCH (s:Method|Task|Dataset)-[r:USED_FOR|EVALUATED_ON|TRAINED_ON|PART_OF|SUBCLASS_OF|SUBTASK_OF|BENCHMARK_FOR|COMPARED_WITH]->(t:Method|Task|Dataset)
WHERE s.id IN $name OR t.id IN $name
RETURN s.id AS source, type(r) AS relation, t.id AS target, s.name AS source_name,
       t.name AS target_name, r.support AS papers, r.confidence AS confidence
ORDER BY papers DESC, confidence DESC, source, relation, target
LIMIT $limit
