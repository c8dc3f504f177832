-- What has left the wallet and was no payout of this database: nothing is paid until somebody says what it was.

ALTER TABLE "payout_control" ADD COLUMN "checked_block_hash" TEXT;

CREATE TABLE "declared_send" (
    "txid" TEXT NOT NULL,
    "author" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "declared_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "declared_send_pkey" PRIMARY KEY ("txid")
);

ALTER TABLE "declared_send" ADD CONSTRAINT "declared_send_explained"
  CHECK ("txid" ~ '^[0-9a-f]{64}$' AND "author" ~ '\S' AND "reason" ~ '\S');

CREATE TRIGGER "declared_send_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "declared_send"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
