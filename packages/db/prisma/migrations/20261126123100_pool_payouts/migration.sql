-- By what terms miners are paid on chain, for them to see. Null: nothing is paid on chain.

ALTER TABLE "pool" ADD COLUMN "payout_every_minutes" INTEGER;
ALTER TABLE "pool" ADD COLUMN "payout_threshold_sats" BIGINT;
ALTER TABLE "pool" ADD COLUMN "payout_minimum_sats" BIGINT;
ALTER TABLE "pool" ADD COLUMN "payout_max_age_days" INTEGER;
ALTER TABLE "pool" ADD COLUMN "payout_confirmations" INTEGER;

-- What the Prisma schema cannot say. Without a greatest age only age is null.
ALTER TABLE "pool" ADD CONSTRAINT "pool_payouts_whole"
  CHECK (num_nulls("payout_every_minutes", "payout_threshold_sats", "payout_minimum_sats", "payout_confirmations") IN (0, 4)
     AND ("payout_max_age_days" IS NULL OR "payout_every_minutes" IS NOT NULL));
