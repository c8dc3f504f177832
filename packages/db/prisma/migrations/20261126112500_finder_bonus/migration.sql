-- A finder may get a part of a block before it is cut by the scores.

ALTER TABLE "settlement" ADD COLUMN "finder_bonus_basis_points" INTEGER NOT NULL DEFAULT 0;
ALTER TABLE "settlement" ADD COLUMN "bonus_sats" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "earning" ADD COLUMN "bonus_sats" BIGINT NOT NULL DEFAULT 0;
ALTER TABLE "pool" ADD COLUMN "finder_bonus_basis_points" INTEGER NOT NULL DEFAULT 0;

-- What the Prisma schema cannot say.
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_bonus_range"
  CHECK ("bonus_sats" BETWEEN 0 AND "reward_sats" AND "finder_bonus_basis_points" BETWEEN 0 AND 10000);
ALTER TABLE "earning" ADD CONSTRAINT "earning_bonus_range" CHECK ("bonus_sats" BETWEEN 0 AND "amount_sats");
ALTER TABLE "pool" ADD CONSTRAINT "pool_bonus_range" CHECK ("finder_bonus_basis_points" BETWEEN 0 AND 10000);
