// The methods, tasks and datasets that most papers speak of.
//
// $type   text  Method, Task or Dataset; all where it is empty =
// $limit  int   how many rows = 20
MATCH (e:Method|Task|Dataset)
WHERE $type = '' OR toLower(labels(e)[0]) = toLower($type)
RETURN labels(e)[0] AS type, e.name AS name, e.n_papers AS papers,
       e.first_year AS first_year, e.last_year AS last_year, e.id AS id
ORDER BY papers DESC, id
LIMIT $limit
