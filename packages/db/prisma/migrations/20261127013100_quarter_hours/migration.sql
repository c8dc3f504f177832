-- Quarters of an hour out of the minutes that are still there; of the first one some may be gone.
INSERT INTO "pool_rollup" ("resolution", "starts_at", "outcome", "count", "work", "score", "work_squared")
  SELECT 'quarter_hour', date_bin('15 minutes', "starts_at", 'epoch'), "outcome", sum("count"), sum("work"), sum("score"),
    sum(CASE WHEN "work_squared" = 0 THEN div("work" * "work", "count") ELSE "work_squared" END)
  FROM "pool_rollup"
  WHERE "resolution" = 'minute'
    AND date_bin('15 minutes', "starts_at", 'epoch') >= (SELECT min("starts_at") FROM "pool_rollup" WHERE "resolution" = 'minute')
  GROUP BY 2, 3;
INSERT INTO "miner_rollup" ("miner_id", "resolution", "starts_at", "outcome", "count", "work", "score", "work_squared")
  SELECT "miner_id", 'quarter_hour', date_bin('15 minutes', "starts_at", 'epoch'), "outcome", sum("count"), sum("work"), sum("score"),
    sum(CASE WHEN "work_squared" = 0 THEN div("work" * "work", "count") ELSE "work_squared" END)
  FROM "miner_rollup"
  WHERE "resolution" = 'minute'
    AND date_bin('15 minutes', "starts_at", 'epoch') >= (SELECT min("starts_at") FROM "pool_rollup" WHERE "resolution" = 'minute')
  GROUP BY 1, 3, 4 ORDER BY 3, 1;
INSERT INTO "worker_rollup" ("worker_id", "resolution", "starts_at", "outcome", "count", "work", "score", "work_squared")
  SELECT "worker_id", 'quarter_hour', date_bin('15 minutes', "starts_at", 'epoch'), "outcome", sum("count"), sum("work"), sum("score"),
    sum(CASE WHEN "work_squared" = 0 THEN div("work" * "work", "count") ELSE "work_squared" END)
  FROM "worker_rollup"
  WHERE "resolution" = 'minute'
    AND date_bin('15 minutes', "starts_at", 'epoch') >= (SELECT min("starts_at") FROM "pool_rollup" WHERE "resolution" = 'minute')
  GROUP BY 1, 3, 4 ORDER BY 3, 1;
