-- What the entries of each account come to, a kind of transaction: a balance is a few rows, however old the ledger is.
-- Derived from the entries, kept by the database itself in the transaction that adds them, and held against them by
-- `ledger check`.

CREATE TABLE "ledger_total" (
    "account_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "entries" BIGINT NOT NULL,
    "amount_sats" BIGINT NOT NULL,

    CONSTRAINT "ledger_total_pkey" PRIMARY KEY ("account_id","kind")
);

ALTER TABLE "ledger_total" ADD CONSTRAINT "ledger_total_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "ledger_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Its rows change with every block; what is free on their page keeps the index out of it.
ALTER TABLE "ledger_total" SET (fillfactor = 70);

INSERT INTO "ledger_total" ("account_id", "kind", "entries", "amount_sats")
  SELECT e."account_id", t."kind", count(*), sum(e."amount_sats")
  FROM "ledger_entry" e JOIN "ledger_transaction" t ON t."id" = e."transaction_id"
  GROUP BY e."account_id", t."kind";

-- In one order of rows, so that transactions which meet on several accounts wait for each other in turn.
CREATE FUNCTION add_to_ledger_total() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO "ledger_total" AS known ("account_id", "kind", "entries", "amount_sats")
    SELECT e."account_id", t."kind", count(*), sum(e."amount_sats")
    FROM "new_entry" e JOIN "ledger_transaction" t ON t."id" = e."transaction_id"
    GROUP BY e."account_id", t."kind" ORDER BY e."account_id", t."kind"
    ON CONFLICT ("account_id", "kind") DO UPDATE SET
      "entries" = known."entries" + excluded."entries", "amount_sats" = known."amount_sats" + excluded."amount_sats";
  RETURN NULL;
END $$;

CREATE TRIGGER "ledger_entry_adds_up" AFTER INSERT ON "ledger_entry"
  REFERENCING NEW TABLE AS "new_entry" FOR EACH STATEMENT EXECUTE FUNCTION add_to_ledger_total();

-- Only the trigger above writes here.
CREATE FUNCTION refuse_direct_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION '% of % is refused: its rows follow from others', TG_OP, TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "ledger_total_follows" BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON "ledger_total"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_direct_change();
