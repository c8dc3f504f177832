-- Accounts of miners: sessions, what was changed by whom, where they are paid, what they show of themselves.

ALTER TABLE "miner" ADD COLUMN "is_unlisted" BOOLEAN NOT NULL DEFAULT false,
    ADD COLUMN "pseudonym" TEXT,
    ADD COLUMN "view_key_hash" BYTEA;
CREATE UNIQUE INDEX "miner_pseudonym_key" ON "miner"("pseudonym");

ALTER TABLE "worker" ADD COLUMN "label" TEXT,
    ADD COLUMN "notes" TEXT,
    ADD COLUMN "hidden_at" TIMESTAMPTZ(3);

CREATE TABLE "account_session" (
    "id" SERIAL NOT NULL,
    "miner_id" INTEGER NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "proof_hash" BYTEA NOT NULL,
    "user_agent" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "account_session_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "account_session_token_hash_key" ON "account_session"("token_hash");
CREATE UNIQUE INDEX "account_session_proof_hash_key" ON "account_session"("proof_hash");
CREATE INDEX "account_session_miner_id_idx" ON "account_session"("miner_id");
ALTER TABLE "account_session" ADD CONSTRAINT "account_session_miner_id_fkey" FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE TABLE "account_change" (
    "id" BIGSERIAL NOT NULL,
    "miner_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "what" TEXT NOT NULL,
    "before" TEXT,
    "after" TEXT,
    "author" TEXT NOT NULL,

    CONSTRAINT "account_change_pkey" PRIMARY KEY ("id")
);
CREATE INDEX "account_change_miner_id_id_idx" ON "account_change"("miner_id", "id");
ALTER TABLE "account_change" ADD CONSTRAINT "account_change_miner_id_fkey" FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
CREATE TRIGGER "account_change_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "account_change"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE TABLE "payout_address" (
    "id" SERIAL NOT NULL,
    "miner_id" INTEGER NOT NULL,
    "address" TEXT NOT NULL,
    "script" BYTEA NOT NULL,
    "message" TEXT NOT NULL,
    "signature" TEXT NOT NULL,
    "proof_hash" BYTEA NOT NULL,
    "requested_at" TIMESTAMPTZ(3) NOT NULL,
    "effective_at" TIMESTAMPTZ(3) NOT NULL,
    "cancelled_at" TIMESTAMPTZ(3),

    CONSTRAINT "payout_address_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "payout_address_proof_hash_key" ON "payout_address"("proof_hash");
CREATE INDEX "payout_address_miner_id_effective_at_idx" ON "payout_address"("miner_id", "effective_at");
ALTER TABLE "payout_address" ADD CONSTRAINT "payout_address_miner_id_fkey" FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Where a miner is paid is written once; all that may happen to it is to be cancelled before it is in force.
CREATE FUNCTION guard_payout_address() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'UPDATE' OR OLD."cancelled_at" IS NOT NULL OR NEW."cancelled_at" IS NULL
    OR NEW."cancelled_at" >= OLD."effective_at"
    OR (NEW."id", NEW."miner_id", NEW."address", NEW."script", NEW."message", NEW."signature", NEW."proof_hash",
        NEW."requested_at", NEW."effective_at")
      IS DISTINCT FROM (OLD."id", OLD."miner_id", OLD."address", OLD."script", OLD."message", OLD."signature",
        OLD."proof_hash", OLD."requested_at", OLD."effective_at") THEN
    RAISE EXCEPTION '% of payout_address % is refused: it can only be cancelled, before it is in force', TG_OP, OLD."id"
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER "payout_address_guard" BEFORE UPDATE OR DELETE ON "payout_address"
  FOR EACH ROW EXECUTE FUNCTION guard_payout_address();

CREATE TABLE "account_key" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "seal" BYTEA NOT NULL,

    CONSTRAINT "account_key_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "account_key_one_row" CHECK ("id" = 1)
);
