-- What a window takes whole: the scores of many segments in one row a miner. Derived from `segment_sum` by roll-up.

CREATE TABLE "window_sum" (
    "level" SMALLINT NOT NULL,
    "stretch" BIGINT NOT NULL,
    "miner_id" INTEGER NOT NULL,
    "score" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "window_sum_pkey" PRIMARY KEY ("level","stretch","miner_id")
);

-- A segment has a row a worker, and two questions to other tables a row were half of the time of an append. Their ids
-- come from the transaction that adds the rows, and neither segments nor workers are ever removed.
ALTER TABLE "segment_sum" DROP CONSTRAINT "segment_sum_position_fkey";
ALTER TABLE "segment_sum" DROP CONSTRAINT "segment_sum_worker_id_fkey";
ALTER TABLE "segment_reject" DROP CONSTRAINT "segment_reject_position_fkey";
ALTER TABLE "segment_reject" DROP CONSTRAINT "segment_reject_worker_id_fkey";

-- The last share of a worker is written again and again; what is free on its page keeps the index out of it.
ALTER TABLE "miner" SET (fillfactor = 70);
ALTER TABLE "worker" SET (fillfactor = 70);

-- Stretches of segments that are rolled up already; see packages/db/src/window/window-levels.ts.
INSERT INTO "window_sum" ("level", "stretch", "miner_id", "score")
  SELECT part."level", part."stretch", "miner_id", sum("score")
  FROM "segment_sum" JOIN "worker" ON "worker"."id" = "worker_id"
  CROSS JOIN LATERAL (VALUES (1, "position" >> 5), (2, "position" >> 10), (3, "position" >> 15)) AS part ("level", "stretch")
  WHERE "mode" = 'pplns'
    AND part."stretch" < ((SELECT "position" FROM "rollup_cursor" WHERE "id" = 1) + 1) >> (5 * part."level")
  GROUP BY part."level", part."stretch", "miner_id";
