-- Corrections: compensating entries with a reason and an author.

CREATE TABLE "ledger_correction" (
    "transaction_id" BIGINT NOT NULL,
    "author" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "reverses_id" BIGINT,

    CONSTRAINT "ledger_correction_pkey" PRIMARY KEY ("transaction_id")
);

CREATE UNIQUE INDEX "ledger_correction_reverses_id_key" ON "ledger_correction"("reverses_id");

ALTER TABLE "ledger_correction" ADD CONSTRAINT "ledger_correction_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "ledger_correction" ADD CONSTRAINT "ledger_correction_reverses_id_fkey" FOREIGN KEY ("reverses_id") REFERENCES "ledger_correction"("transaction_id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "ledger_correction" ADD CONSTRAINT "ledger_correction_explained" CHECK ("author" ~ '\S' AND "reason" ~ '\S');

CREATE TRIGGER "ledger_correction_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_correction"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION check_correction_explained() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM "ledger_correction" WHERE "transaction_id" = NEW."id") THEN
    RAISE EXCEPTION 'the correction % has no author and no reason', NEW."id" USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "ledger_correction_is_explained" AFTER INSERT ON "ledger_transaction"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."kind" = 'correction') EXECUTE FUNCTION check_correction_explained();

-- What takes from miners takes no more than they are owed, also when two take at once: each waits at commit for the
-- other to be done with the account, and then sees what it has left. Blocks are exempt: one that goes stale after it was
-- paid out leaves a debt, and the chain cannot be refused.
CREATE FUNCTION check_miners_owe_nothing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  debtor text;
BEGIN
  PERFORM FROM "ledger_account" WHERE "name" LIKE 'liability:miner:%'
    AND "id" IN (SELECT "account_id" FROM "ledger_entry" WHERE "transaction_id" = NEW."id" AND "amount_sats" > 0)
    ORDER BY "id" FOR NO KEY UPDATE;
  SELECT a."name" INTO debtor
    FROM "ledger_account" a JOIN "ledger_total" k ON k."account_id" = a."id"
    WHERE a."name" LIKE 'liability:miner:%'
      AND a."id" IN (SELECT "account_id" FROM "ledger_entry" WHERE "transaction_id" = NEW."id" AND "amount_sats" > 0)
    GROUP BY a."id" HAVING sum(k."amount_sats") > 0 ORDER BY a."id" LIMIT 1;
  IF debtor IS NOT NULL THEN
    RAISE EXCEPTION 'ledger transaction % takes more from % than is owed', NEW."id", debtor USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "ledger_transaction_takes_what_is_owed" AFTER INSERT ON "ledger_transaction"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW."kind" NOT LIKE 'block-%') EXECUTE FUNCTION check_miners_owe_nothing();
