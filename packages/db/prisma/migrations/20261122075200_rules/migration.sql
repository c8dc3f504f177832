-- What the Prisma schema cannot say: single rows, ranges, storage, and a ledger that only grows.

-- Single rows -------------------------------------------------------------------------------------------------

ALTER TABLE "pool" ADD CONSTRAINT "pool_single_row" CHECK ("id" = 1);
ALTER TABLE "chain_tip" ADD CONSTRAINT "chain_tip_single_row" CHECK ("id" = 1);
ALTER TABLE "journal_head" ADD CONSTRAINT "journal_head_single_row" CHECK ("id" = 1);
ALTER TABLE "rollup_cursor" ADD CONSTRAINT "rollup_cursor_single_row" CHECK ("id" = 1);
INSERT INTO "journal_head" ("id") VALUES (1);
INSERT INTO "rollup_cursor" ("id") VALUES (1);

-- Ranges ------------------------------------------------------------------------------------------------------

ALTER TABLE "pool" ADD CONSTRAINT "pool_fee_range" CHECK ("fee_basis_points" BETWEEN 0 AND 10000);
ALTER TABLE "pool" ADD CONSTRAINT "pool_window_range" CHECK ("pplns_window" >= 1);
ALTER TABLE "block" ADD CONSTRAINT "block_hash_form" CHECK ("hash" ~ '^[0-9a-f]{64}$');
ALTER TABLE "block" ADD CONSTRAINT "block_window_end_whole"
  CHECK (("window_end_position" IS NULL) = ("window_end_index" IS NULL)
     AND ("window_end_position" IS NULL) = ("score_at_find" IS NULL));
ALTER TABLE "segment" ADD CONSTRAINT "segment_position_range" CHECK ("position" >= 1);
ALTER TABLE "segment" ADD CONSTRAINT "segment_hash_sizes"
  CHECK (octet_length("hash") = 32 AND octet_length("prev_hash") = 32 AND octet_length("root") = 32);
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_adds_up"
  CHECK ("pool_fee_sats" + "reward_sats" = "coinbase_value_sats"
     AND "subsidy_sats" + "fees_sats" = "coinbase_value_sats"
     AND "pool_fee_sats" >= 0 AND "reward_sats" >= 0);
ALTER TABLE "earning" ADD CONSTRAINT "earning_prefix_sums"
  CHECK ("prefix_before" + "score" = "prefix_after" AND "amount_sats" >= 0 AND "prefix_before" >= 0);
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_moves_something" CHECK ("amount_sats" <> 0);
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_occurrence_range" CHECK ("occurrence" >= 1);

-- Storage -----------------------------------------------------------------------------------------------------

-- Hashes and nonces do not compress: do not try.
ALTER TABLE "segment" ALTER COLUMN "payload" SET STORAGE EXTERNAL;

-- Append only -------------------------------------------------------------------------------------------------

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% of % is refused: its rows are written once', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "ledger_account_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_account"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_transaction_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_transaction"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "ledger_entry_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "settlement_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "settlement"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "earning_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "earning"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Sums to zero ------------------------------------------------------------------------------------------------

-- At commit: each transaction has entries, and they sum to zero. Once a transaction, not once an entry: a block
-- may pay thousands of miners.
CREATE FUNCTION check_ledger_transaction_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  entries bigint;
  total numeric;
BEGIN
  SELECT count(*), coalesce(sum("amount_sats"), 0) INTO entries, total
    FROM "ledger_entry" WHERE "transaction_id" = NEW."id";
  IF entries < 2 OR total <> 0 THEN
    RAISE EXCEPTION 'ledger transaction % has % entries that sum to %', NEW."id", entries, total
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "ledger_transaction_sums_to_zero" AFTER INSERT ON "ledger_transaction"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION check_ledger_transaction_sum();

-- A transaction takes its entries in one statement, so that none can join it after that check.
CREATE FUNCTION refuse_late_entry() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  late bigint;
BEGIN
  SELECT min(fresh."transaction_id") INTO late
    FROM (SELECT "transaction_id", count(*) AS entries FROM "new_entry" GROUP BY "transaction_id") fresh
    WHERE fresh.entries <> (SELECT count(*) FROM "ledger_entry" e WHERE e."transaction_id" = fresh."transaction_id");
  IF late IS NOT NULL THEN
    RAISE EXCEPTION 'ledger transaction % has its entries already', late USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER "ledger_entry_in_one_statement" AFTER INSERT ON "ledger_entry"
  REFERENCING NEW TABLE AS "new_entry" FOR EACH STATEMENT EXECUTE FUNCTION refuse_late_entry();
