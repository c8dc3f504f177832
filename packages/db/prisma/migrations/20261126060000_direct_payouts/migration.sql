-- A coinbase may pay a solo miner himself, and somebody who is not of the pool.

ALTER TABLE "settlement" ADD COLUMN "donation_sats" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "earning" ADD COLUMN "direct_sats" BIGINT NOT NULL DEFAULT 0;

ALTER TABLE "settlement" DROP CONSTRAINT "settlement_adds_up";
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_adds_up"
  CHECK ("pool_fee_sats" + "reward_sats" = "coinbase_value_sats"
     AND "subsidy_sats" + "fees_sats" = "coinbase_value_sats" + "donation_sats"
     AND "pool_fee_sats" >= 0 AND "reward_sats" >= 0 AND "donation_sats" >= 0);
ALTER TABLE "earning" ADD CONSTRAINT "earning_direct_range"
  CHECK ("direct_sats" BETWEEN 0 AND "amount_sats");
