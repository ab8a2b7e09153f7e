// The methods that are tested or trained on a dataset, best supported first.
//
// $dataset  dataset  the dataset's name or id
// $limit    int      how many rows = 20
MATCH (m:Method)-[r:EVALUATED_ON|TRAINED_ON]->(d:Dataset)
WHERE d.id IN $dataset
RETURN d.name AS dataset, type(r) AS relation, m.name AS method, r.support AS papers,
       r.confidence AS confidence, r.first_year AS first_year, r.last_year AS last_year, m.id AS id
ORDER BY papers DESC, confidence DESC, id, relation, dataset
LIMIT $limit
