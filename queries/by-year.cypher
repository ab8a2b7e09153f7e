// How many papers of each year speak of a thing.
//
// $name  entity  its name or id
MATCH (p:Paper)-[:MENTIONS]->(e:Method|Task|Dataset)
WHERE e.id IN $name AND p.year IS NOT NULL
RETURN p.year AS year, e.name AS name, labels(e)[0] AS type, count(p) AS papers, e.id AS id
ORDER BY year, id
