-- A database that `npm run seed` has made up says so to whoever reads it. Such a pool has no coins, and none of mainnet.

ALTER TABLE "pool" ADD COLUMN "is_synthetic" BOOLEAN NOT NULL DEFAULT false;
ALTER TABLE "pool" ADD CONSTRAINT "pool_synthetic_is_no_mainnet" CHECK (NOT ("is_synthetic" AND "network" = 'mainnet'));
