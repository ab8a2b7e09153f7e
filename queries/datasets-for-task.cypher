// The datasets for a task: said to be its benchmark, or used to test methods for it.
//
// $task   task  the task's name or id
// $limit  int   how many rows = 20
MATCH (t:Task)
WHERE t.id IN $task
MATCH (d:Dataset)
OPTIONAL MATCH (d)<-[:EVALUATED_ON]-(m:Method)-[:USED_FOR]->(t)
WITH t, d, count(DISTINCT m) AS methods
OPTIONAL MATCH (d)-[b:BENCHMARK_FOR]->(t)
WITH t, d, methods, count(b) AS marks
WHERE methods > 0 OR marks > 0
RETURN t.name AS task, d.name AS dataset, marks > 0 AS benchmark, methods AS methods,
       d.n_papers AS papers, d.id AS id
ORDER BY benchmark DESC, methods DESC, papers DESC, id, task
LIMIT $limit
