-- What operators ask of payouts that only whoever has the wallet can answer, and a lower amount that needs approval.

CREATE TYPE "payout_request_kind" AS ENUM ('retry', 'reconcile', 'import');
CREATE TYPE "payout_request_state" AS ENUM ('asked', 'taken', 'done', 'refused');

ALTER TABLE "pool" ADD COLUMN "payout_approval_above_sats" BIGINT;
ALTER TABLE "payout_control" ADD COLUMN "approval_above_sats" BIGINT;

CREATE TABLE "payout_request" (
    "id" BIGSERIAL NOT NULL,
    "kind" "payout_request_kind" NOT NULL,
    "batch_id" BIGINT,
    "argument" TEXT,
    "author" TEXT NOT NULL,
    "asked_at" TIMESTAMPTZ(3) NOT NULL,
    "state" "payout_request_state" NOT NULL DEFAULT 'asked',
    "taken_by" BIGINT,
    "taken_at" TIMESTAMPTZ(3),
    "takes" INTEGER NOT NULL DEFAULT 0,
    "answer" JSONB,
    "answered_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_request_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "payout_request_state_idx" ON "payout_request"("state");

ALTER TABLE "payout_request" ADD CONSTRAINT "payout_request_batch_id_fkey"
  FOREIGN KEY ("batch_id") REFERENCES "payout_batch"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- Ranges ------------------------------------------------------------------------------------------------------

ALTER TABLE "pool" ADD CONSTRAINT "pool_payout_approval_range"
  CHECK ("payout_approval_above_sats" IS NULL
     OR ("payout_approval_above_sats" >= 0 AND "payout_every_minutes" IS NOT NULL));
ALTER TABLE "payout_control" ADD CONSTRAINT "payout_control_approval_range" CHECK ("approval_above_sats" >= 0);
ALTER TABLE "payout_request" ADD CONSTRAINT "payout_request_whole"
  CHECK (("taken_by" IS NULL) = ("takes" = 0) AND ("taken_at" IS NULL) = ("takes" = 0)
     AND ("state" = 'asked') = ("takes" = 0)
     AND ("answer" IS NOT NULL) = ("state" IN ('done', 'refused'))
     AND ("answered_at" IS NOT NULL) = ("state" IN ('done', 'refused')));

-- Answered once -------------------------------------------------------------------------------------------------

CREATE TRIGGER "payout_request_stays" BEFORE DELETE OR TRUNCATE ON "payout_request"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION check_payout_request_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."state" IN ('done', 'refused')
     OR (NEW."id", NEW."kind", NEW."batch_id", NEW."author", NEW."asked_at")
        IS DISTINCT FROM (OLD."id", OLD."kind", OLD."batch_id", OLD."author", OLD."asked_at")
     OR (OLD."state" = 'asked' AND NEW."state" IN ('done', 'refused'))
     OR (OLD."state" = 'taken' AND NEW."state" = 'asked') THEN
    RAISE EXCEPTION 'request % of payouts is %, and cannot become %', OLD."id", OLD."state", NEW."state"
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payout_request_steps" BEFORE UPDATE ON "payout_request"
  FOR EACH ROW EXECUTE FUNCTION check_payout_request_step();
