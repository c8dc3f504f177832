-- Quarters of an hour out of the minutes that are still there; of the first one some may be gone.
DO $$
DECLARE subject record;
BEGIN
  FOR subject IN
    SELECT * FROM (VALUES ('pool_rollup', ''), ('miner_rollup', '"miner_id", '), ('worker_rollup', '"worker_id", ')) AS t ("name", "key")
  LOOP
    EXECUTE format(
      $sql$
      INSERT INTO %1$I (%2$s "resolution", "starts_at", "outcome", "count", "work", "score", "work_squared")
      SELECT %2$s 'quarter_hour'::"resolution", "quarter", "outcome", sum("count"), sum("work"), sum("score"),
        sum(CASE WHEN "work_squared" = 0 THEN div("work" * "work", "count") ELSE "work_squared" END)
      FROM %1$I CROSS JOIN LATERAL (SELECT date_bin('15 minutes', "starts_at", 'epoch') AS "quarter") AS q
      WHERE "resolution" = 'minute'
        AND "quarter" >= (SELECT min("starts_at") FROM "pool_rollup" WHERE "resolution" = 'minute')
      GROUP BY %2$s "quarter", "outcome" ORDER BY "quarter"
      $sql$,
      subject."name", subject."key");
  END LOOP;
END $$;
