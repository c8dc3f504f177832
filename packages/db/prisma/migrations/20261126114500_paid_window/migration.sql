-- CreateTable
CREATE TABLE "paid_window" (
    "block_hash" TEXT NOT NULL,
    "end_position" BIGINT NOT NULL,
    "end_index" INTEGER NOT NULL,
    "pplns_window" INTEGER NOT NULL,
    "fee_basis_points" INTEGER NOT NULL,
    "finder_bonus_basis_points" INTEGER NOT NULL,
    "own_outputs" INTEGER NOT NULL,

    CONSTRAINT "paid_window_pkey" PRIMARY KEY ("block_hash")
);

-- AddForeignKey
ALTER TABLE "paid_window" ADD CONSTRAINT "paid_window_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "block"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "paid_window" ADD CONSTRAINT "paid_window_ranges"
  CHECK ("end_position" >= 1 AND "end_index" >= 0 AND "pplns_window" >= 1 AND "own_outputs" >= 1
     AND "fee_basis_points" BETWEEN 0 AND 10000 AND "finder_bonus_basis_points" BETWEEN 0 AND 10000);
CREATE TRIGGER "paid_window_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "paid_window"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
