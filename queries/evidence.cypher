// The sentences that relate two things, in either direction.
//
// $a      entity  the one's name or id
// $b      entity  the other's name or id
// $limit  int     how many rows = 20
MATCH (s:Method|Task|Dataset)<-[:SUBJECT]-(e:Evidence)-[:OBJECT]->(o:Method|Task|Dataset)
WHERE (s.id IN $a AND o.id IN $b) OR (s.id IN $b AND o.id IN $a)
MATCH (e)-[:FROM_PAPER]->(p:Paper)
RETURN s.name AS subject, e.relation AS relation, o.name AS object, e.sentences AS sentences,
       e.confidence AS confidence, e.negated AS negated, e.hedged AS hedged,
       p.title AS paper, p.year AS year, p.id AS id, e.id AS evidence
ORDER BY confidence DESC, id, evidence
LIMIT $limit
