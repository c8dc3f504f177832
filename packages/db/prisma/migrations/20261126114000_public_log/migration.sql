-- What anybody may read to check the pool. Sealed epochs and statements are written once.

CREATE TABLE "public_epoch" (
    "epoch" BIGINT NOT NULL,
    "first_position" BIGINT NOT NULL,
    "last_position" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "document" TEXT NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "public_epoch_pkey" PRIMARY KEY ("epoch")
);

CREATE TABLE "public_segment" (
    "position" BIGINT NOT NULL,
    "epoch" BIGINT NOT NULL,
    "hash" BYTEA NOT NULL,
    "payload" BYTEA,

    CONSTRAINT "public_segment_pkey" PRIMARY KEY ("position")
);

CREATE TABLE "public_block" (
    "block_hash" TEXT NOT NULL,
    "epoch" BIGINT,
    "document" TEXT NOT NULL,
    "stated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "public_block_pkey" PRIMARY KEY ("block_hash")
);

CREATE INDEX "public_epoch_last_position_idx" ON "public_epoch"("last_position");
CREATE INDEX "public_segment_epoch_idx" ON "public_segment"("epoch");
CREATE INDEX "public_block_epoch_idx" ON "public_block"("epoch");

ALTER TABLE "public_segment" ADD CONSTRAINT "public_segment_position_fkey"
  FOREIGN KEY ("position") REFERENCES "segment"("position") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "public_segment" ADD CONSTRAINT "public_segment_epoch_fkey"
  FOREIGN KEY ("epoch") REFERENCES "public_epoch"("epoch") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "public_block" ADD CONSTRAINT "public_block_block_hash_fkey"
  FOREIGN KEY ("block_hash") REFERENCES "settlement"("block_hash") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "public_block" ADD CONSTRAINT "public_block_epoch_fkey"
  FOREIGN KEY ("epoch") REFERENCES "public_epoch"("epoch") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE "public_epoch" ADD CONSTRAINT "public_epoch_range"
  CHECK ("epoch" >= 1 AND "last_position" >= "first_position" - 1 AND octet_length("hash") = 32);
ALTER TABLE "public_segment" ADD CONSTRAINT "public_segment_hash_size" CHECK (octet_length("hash") = 32);

-- Hashes and nonces do not compress: do not try.
ALTER TABLE "public_segment" ALTER COLUMN "payload" SET STORAGE EXTERNAL;

CREATE TRIGGER "public_epoch_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "public_epoch"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Of a published segment the bytes may go, of a statement the epoch may come; nothing else changes.
CREATE FUNCTION refuse_public_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND TG_TABLE_NAME = 'public_segment' THEN
    IF NEW."payload" IS NULL AND (NEW."position", NEW."epoch", NEW."hash") = (OLD."position", OLD."epoch", OLD."hash")
      THEN RETURN NEW; END IF;
  ELSIF TG_OP = 'UPDATE' THEN
    IF OLD."epoch" IS NULL AND (NEW."block_hash", NEW."document", NEW."stated_at")
      = (OLD."block_hash", OLD."document", OLD."stated_at")
      THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% of % is refused: what is published stays as it is', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "public_segment_stays" BEFORE UPDATE OR DELETE ON "public_segment"
  FOR EACH ROW EXECUTE FUNCTION refuse_public_change();
CREATE TRIGGER "public_block_stays" BEFORE UPDATE OR DELETE ON "public_block"
  FOR EACH ROW EXECUTE FUNCTION refuse_public_change();
CREATE TRIGGER "public_segment_no_truncate" BEFORE TRUNCATE ON "public_segment"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "public_block_no_truncate" BEFORE TRUNCATE ON "public_block"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
