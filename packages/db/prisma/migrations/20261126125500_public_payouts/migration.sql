-- Payouts in the public log.

CREATE TABLE "public_payout" (
    "batch_id" BIGINT NOT NULL,
    "epoch" BIGINT,
    "document" TEXT NOT NULL,
    "stated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "public_payout_pkey" PRIMARY KEY ("batch_id")
);

CREATE INDEX "public_payout_epoch_idx" ON "public_payout"("epoch");

ALTER TABLE "public_payout" ADD CONSTRAINT "public_payout_batch_id_fkey"
  FOREIGN KEY ("batch_id") REFERENCES "payout_batch"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "public_payout" ADD CONSTRAINT "public_payout_epoch_fkey"
  FOREIGN KEY ("epoch") REFERENCES "public_epoch"("epoch") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE FUNCTION refuse_payout_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD."epoch" IS NULL AND (NEW."batch_id", NEW."document", NEW."stated_at")
      = (OLD."batch_id", OLD."document", OLD."stated_at")
      THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% of % is refused: what is published stays as it is', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "public_payout_stays" BEFORE UPDATE OR DELETE ON "public_payout"
  FOR EACH ROW EXECUTE FUNCTION refuse_payout_change();
CREATE TRIGGER "public_payout_no_truncate" BEFORE TRUNCATE ON "public_payout"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
