// The papers that propose a thing, with the sentence in which they do.
//
// $name   entity  its name or id
// $limit  int     how many rows = 20
MATCH (p:Paper)-[r:PROPOSES]->(e:Method|Task|Dataset)
WHERE e.id IN $name
RETURN e.name AS name, labels(e)[0] AS type, p.title AS paper, p.year AS year,
       r.sentence AS sentence, r.confidence AS confidence, p.id AS id, e.id AS entity
ORDER BY confidence DESC, id, entity
LIMIT $limit
