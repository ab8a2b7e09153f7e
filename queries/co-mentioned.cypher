// What is mentioned in the same papers as a thing, most often first.
//
// $name   entity  its name or id
// $limit  int     how many rows = 20
MATCH (e:Method|Task|Dataset)<-[:MENTIONS]-(p:Paper)-[:MENTIONS]->(o:Method|Task|Dataset)
WHERE e.id IN $name AND NOT o.id IN $name
RETURN labels(o)[0] AS type, o.name AS name, count(DISTINCT p) AS papers, o.id AS id
ORDER BY papers DESC, id
LIMIT $limit
