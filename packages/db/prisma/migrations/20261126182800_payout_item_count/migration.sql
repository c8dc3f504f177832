-- How many miners a batch pays, beside the batch: a list of batches would count ten thousand items for each. ------

ALTER TABLE "payout_batch" ADD COLUMN "item_count" INTEGER;
UPDATE "payout_batch" b SET "item_count" = (SELECT count(*) FROM "payout_item" i WHERE i."batch_id" = b."id");
ALTER TABLE "payout_batch" ALTER COLUMN "item_count" SET NOT NULL;

CREATE OR REPLACE FUNCTION check_payout_batch_step() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW."id", NEW."fee_payer", NEW."total_sats", NEW."item_count", NEW."created_at")
     IS DISTINCT FROM (OLD."id", OLD."fee_payer", OLD."total_sats", OLD."item_count", OLD."created_at") THEN
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
