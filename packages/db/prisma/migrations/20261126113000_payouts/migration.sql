-- Payouts on chain: batches, what they pay, the transactions that would pay them, and who may say so.

CREATE TYPE "payout_state" AS ENUM ('planned', 'funded', 'signed', 'broadcast', 'confirmed', 'settled', 'cancelled');
CREATE TYPE "fee_payer" AS ENUM ('pool', 'payees');

ALTER TABLE "ledger_transaction" ADD COLUMN "payout_batch_id" BIGINT;
ALTER TABLE "miner" ADD COLUMN "payout_threshold_sats" BIGINT;

CREATE TABLE "payout_batch" (
    "id" BIGSERIAL NOT NULL,
    "state" "payout_state" NOT NULL DEFAULT 'planned',
    "fee_payer" "fee_payer" NOT NULL,
    "total_sats" BIGINT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "needs_approval" BOOLEAN NOT NULL,
    "approved_by" TEXT,
    "bump_requested_by" TEXT,
    "problem" TEXT,
    "problem_detail" TEXT,
    "problem_since" TIMESTAMPTZ(3),
    "placed_version" INTEGER,
    "placed_block_hash" TEXT,
    "placed_height" INTEGER,
    "occurrence" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "payout_batch_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payout_item" (
    "batch_id" BIGINT NOT NULL,
    "miner_id" INTEGER NOT NULL,
    "script" BYTEA NOT NULL,
    "amount_sats" BIGINT NOT NULL,
    "sent_sats" BIGINT,

    CONSTRAINT "payout_item_pkey" PRIMARY KEY ("batch_id","miner_id")
);

CREATE TABLE "payout_version" (
    "batch_id" BIGINT NOT NULL,
    "number" INTEGER NOT NULL,
    "psbt" TEXT NOT NULL,
    "fee_sats" BIGINT NOT NULL,
    "fee_rate" DOUBLE PRECISION NOT NULL,
    "funded_height" INTEGER NOT NULL,
    "funded_at" TIMESTAMPTZ(3) NOT NULL,
    "raw" BYTEA,
    "txid" TEXT,
    "signed_at" TIMESTAMPTZ(3),
    "sent_at" TIMESTAMPTZ(3),
    "abandoned_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_version_pkey" PRIMARY KEY ("batch_id","number")
);

CREATE TABLE "payout_event" (
    "id" BIGSERIAL NOT NULL,
    "batch_id" BIGINT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,
    "detail" TEXT,
    "author" TEXT,

    CONSTRAINT "payout_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payout_control" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "leader_token" BIGINT NOT NULL DEFAULT 0,
    "paused_by" TEXT,
    "paused_reason" TEXT,
    "paused_at" TIMESTAMPTZ(3),
    "planned_at" TIMESTAMPTZ(3),
    "problem" TEXT,
    "problem_detail" TEXT,
    "problem_since" TIMESTAMPTZ(3),

    CONSTRAINT "payout_control_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "payout_batch_state_idx" ON "payout_batch"("state");
CREATE INDEX "payout_batch_created_at_idx" ON "payout_batch"("created_at");
CREATE INDEX "payout_item_miner_id_idx" ON "payout_item"("miner_id");
CREATE UNIQUE INDEX "payout_version_txid_key" ON "payout_version"("txid");
CREATE INDEX "payout_event_batch_id_idx" ON "payout_event"("batch_id");
CREATE UNIQUE INDEX "ledger_transaction_payout_batch_id_kind_occurrence_key"
  ON "ledger_transaction"("payout_batch_id", "kind", "occurrence");

ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_payout_batch_id_fkey"
  FOREIGN KEY ("payout_batch_id") REFERENCES "payout_batch"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "payout_item" ADD CONSTRAINT "payout_item_batch_id_fkey"
  FOREIGN KEY ("batch_id") REFERENCES "payout_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout_item" ADD CONSTRAINT "payout_item_miner_id_fkey"
  FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout_version" ADD CONSTRAINT "payout_version_batch_id_fkey"
  FOREIGN KEY ("batch_id") REFERENCES "payout_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout_event" ADD CONSTRAINT "payout_event_batch_id_fkey"
  FOREIGN KEY ("batch_id") REFERENCES "payout_batch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Ranges ------------------------------------------------------------------------------------------------------

ALTER TABLE "payout_control" ADD CONSTRAINT "payout_control_single_row" CHECK ("id" = 1);
INSERT INTO "payout_control" ("id") VALUES (1);
ALTER TABLE "payout_batch" ADD CONSTRAINT "payout_batch_total_range" CHECK ("total_sats" > 0);
ALTER TABLE "payout_batch" ADD CONSTRAINT "payout_batch_place_whole"
  CHECK (("placed_version" IS NULL) = ("placed_block_hash" IS NULL)
     AND ("placed_version" IS NULL) = ("placed_height" IS NULL)
     AND ("placed_version" IS NOT NULL) = ("state" IN ('confirmed', 'settled')));
ALTER TABLE "payout_item" ADD CONSTRAINT "payout_item_range"
  CHECK ("amount_sats" > 0 AND "sent_sats" BETWEEN 1 AND "amount_sats");
ALTER TABLE "payout_version" ADD CONSTRAINT "payout_version_signed_whole"
  CHECK ("number" >= 1 AND "fee_sats" >= 0
     AND ("raw" IS NULL) = ("txid" IS NULL) AND ("raw" IS NULL) = ("signed_at" IS NULL)
     AND ("sent_at" IS NULL OR "raw" IS NOT NULL) AND ("abandoned_at" IS NULL OR "raw" IS NULL));
ALTER TABLE "miner" ADD CONSTRAINT "miner_payout_threshold_range" CHECK ("payout_threshold_sats" > 0);

-- Storage -----------------------------------------------------------------------------------------------------

ALTER TABLE "payout_version" ALTER COLUMN "raw" SET STORAGE EXTERNAL;

-- What was written about money stays ----------------------------------------------------------------------------

CREATE TRIGGER "payout_batch_stays" BEFORE DELETE OR TRUNCATE ON "payout_batch"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "payout_item_stays" BEFORE DELETE OR TRUNCATE ON "payout_item"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "payout_version_stays" BEFORE DELETE OR TRUNCATE ON "payout_version"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "payout_event_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "payout_event"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION check_payout_batch_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."id", NEW."fee_payer", NEW."total_sats", NEW."created_at")
     IS DISTINCT FROM (OLD."id", OLD."fee_payer", OLD."total_sats", OLD."created_at") THEN
    RAISE EXCEPTION 'payout batch % was planned and cannot be another', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  IF NEW."state" <> OLD."state" AND (OLD."state"::text || ' ' || NEW."state"::text) NOT IN (
      'planned funded', 'funded planned', 'funded signed', 'signed broadcast', 'signed confirmed', 'broadcast confirmed',
      'confirmed settled', 'confirmed broadcast', 'settled broadcast',
      'planned cancelled', 'funded cancelled', 'signed cancelled', 'broadcast cancelled') THEN
    RAISE EXCEPTION 'payout batch % cannot go from % to %', OLD."id", OLD."state", NEW."state"
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payout_batch_steps" BEFORE UPDATE ON "payout_batch"
  FOR EACH ROW EXECUTE FUNCTION check_payout_batch_step();

CREATE FUNCTION check_payout_item_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."batch_id", NEW."miner_id", NEW."script", NEW."amount_sats")
     IS DISTINCT FROM (OLD."batch_id", OLD."miner_id", OLD."script", OLD."amount_sats") THEN
    RAISE EXCEPTION 'what batch % pays was planned and cannot be another', OLD."batch_id"
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payout_item_written_once" BEFORE UPDATE ON "payout_item"
  FOR EACH ROW EXECUTE FUNCTION check_payout_item_change();

-- Signed bytes may be out in the world: they are never others, and never forgotten.
CREATE FUNCTION check_payout_version_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."batch_id", NEW."number", NEW."psbt", NEW."fee_sats")
     IS DISTINCT FROM (OLD."batch_id", OLD."number", OLD."psbt", OLD."fee_sats")
     OR (OLD."raw" IS NOT NULL AND (NEW."raw", NEW."txid") IS DISTINCT FROM (OLD."raw", OLD."txid"))
     OR (OLD."abandoned_at" IS NOT NULL AND NEW."raw" IS NOT NULL) THEN
    RAISE EXCEPTION 'version % of payout batch % cannot be another', OLD."number", OLD."batch_id"
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payout_version_written_once" BEFORE UPDATE ON "payout_version"
  FOR EACH ROW EXECUTE FUNCTION check_payout_version_change();
