// The methods that are used for a task, best supported first.
//
// $task   task  the task's name or id
// $limit  int   how many rows = 20
MATCH (m:Method)-[r:USED_FOR]->(t:Task)
WHERE t.id IN $task
RETURN t.name AS task, m.name AS method, r.support AS papers, r.confidence AS confidence,
       r.first_year AS first_year, r.last_year AS last_year, m.id AS id
ORDER BY papers DESC, confidence DESC, id, task
LIMIT $limit
