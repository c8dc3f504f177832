-- FPPS: shares that are paid whether or not a block is found.

ALTER TYPE "payout_mode" ADD VALUE 'fpps';

CREATE TABLE "fpps_cursor" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "position" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "fpps_cursor_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "fpps_stretch" (
    "end_position" BIGINT NOT NULL,
    "tip_hash" TEXT NOT NULL,
    "subsidy_sats" BIGINT NOT NULL,
    "fees_sats" BIGINT NOT NULL,
    "fee_blocks" INTEGER NOT NULL,
    "fee_basis_points" INTEGER NOT NULL,
    "rate_sats" BIGINT NOT NULL,
    "transaction_id" BIGINT,
    "credited_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "fpps_stretch_pkey" PRIMARY KEY ("end_position")
);

CREATE TABLE "fpps_credit" (
    "end_position" BIGINT NOT NULL,
    "miner_id" INTEGER NOT NULL,
    "score" DECIMAL(78,0) NOT NULL,
    "numerator_before" DECIMAL(78,0) NOT NULL,
    "numerator_after" DECIMAL(78,0) NOT NULL,
    "amount_sats" BIGINT NOT NULL,

    CONSTRAINT "fpps_credit_pkey" PRIMARY KEY ("miner_id","end_position")
);

CREATE UNIQUE INDEX "fpps_stretch_transaction_id_key" ON "fpps_stretch"("transaction_id");
CREATE INDEX "fpps_credit_end_position_idx" ON "fpps_credit"("end_position");

ALTER TABLE "fpps_stretch" ADD CONSTRAINT "fpps_stretch_transaction_id_fkey"
  FOREIGN KEY ("transaction_id") REFERENCES "ledger_transaction"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "fpps_credit" ADD CONSTRAINT "fpps_credit_end_position_fkey"
  FOREIGN KEY ("end_position") REFERENCES "fpps_stretch"("end_position") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "fpps_credit" ADD CONSTRAINT "fpps_credit_miner_id_fkey"
  FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the Prisma schema cannot say.
ALTER TABLE "fpps_cursor" ADD CONSTRAINT "fpps_cursor_single_row" CHECK ("id" = 1);
-- Nothing that came in before was FPPS.
INSERT INTO "fpps_cursor" ("id", "position") SELECT 1, "position" FROM "journal_head" WHERE "id" = 1;
ALTER TABLE "fpps_stretch" ADD CONSTRAINT "fpps_stretch_ranges"
  CHECK ("fee_blocks" >= 1 AND "fee_basis_points" BETWEEN 0 AND 10000 AND "rate_sats" >= 0
     AND "subsidy_sats" >= 0 AND "fees_sats" >= 0);
ALTER TABLE "fpps_credit" ADD CONSTRAINT "fpps_credit_ranges"
  CHECK ("amount_sats" >= 0 AND "numerator_before" >= 0 AND "numerator_after" >= "numerator_before");
CREATE TRIGGER "fpps_stretch_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "fpps_stretch"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "fpps_credit_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "fpps_credit"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
