// What a paper speaks of, what it proposes first.
//
// $paper  paper  the paper's id or title
MATCH (p:Paper)-[m:MENTIONS]->(e:Method|Task|Dataset)
WHERE p.id IN $paper
OPTIONAL MATCH (p)-[r:PROPOSES]->(e)
RETURN p.title AS paper, labels(e)[0] AS type, e.name AS name, count(r) > 0 AS proposed,
       m.count AS mentions, m.surfaces AS surfaces, e.id AS id, p.id AS paper_id
ORDER BY proposed DESC, mentions DESC, id, paper_id
