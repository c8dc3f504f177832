-- How far chance moves a hashrate hangs on how the work is spread over shares: known for what is rolled up from now on.
ALTER TABLE "pool_rollup" ADD COLUMN "work_squared" DECIMAL(160,0) NOT NULL DEFAULT 0;
ALTER TABLE "miner_rollup" ADD COLUMN "work_squared" DECIMAL(160,0) NOT NULL DEFAULT 0;
ALTER TABLE "worker_rollup" ADD COLUMN "work_squared" DECIMAL(160,0) NOT NULL DEFAULT 0;

CREATE TYPE "best_period" AS ENUM ('day', 'ever');

CREATE TABLE "best_share" (
    "worker_id" INTEGER NOT NULL,
    "period" "best_period" NOT NULL,
    "starts_at" TIMESTAMPTZ(0) NOT NULL,
    "difficulty" DOUBLE PRECISION NOT NULL,
    "hash" TEXT NOT NULL,
    "height" INTEGER NOT NULL,
    "nbits" INTEGER NOT NULL,
    "accepted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "best_share_pkey" PRIMARY KEY ("worker_id","period","starts_at")
);

CREATE INDEX "best_share_period_starts_at_difficulty_idx" ON "best_share"("period", "starts_at", "difficulty" DESC);
