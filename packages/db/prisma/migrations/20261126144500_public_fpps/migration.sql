-- FPPS credits in the public log.

CREATE TABLE "public_fpps" (
    "end_position" BIGINT NOT NULL,
    "epoch" BIGINT,
    "hash" BYTEA NOT NULL,
    "document" TEXT NOT NULL,
    "stated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "public_fpps_pkey" PRIMARY KEY ("end_position")
);

CREATE INDEX "public_fpps_epoch_idx" ON "public_fpps"("epoch");

ALTER TABLE "public_fpps" ADD CONSTRAINT "public_fpps_end_position_fkey"
  FOREIGN KEY ("end_position") REFERENCES "fpps_stretch"("end_position") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "public_fpps" ADD CONSTRAINT "public_fpps_epoch_fkey"
  FOREIGN KEY ("epoch") REFERENCES "public_epoch"("epoch") ON DELETE SET NULL ON UPDATE CASCADE;

CREATE FUNCTION refuse_public_fpps_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF OLD."epoch" IS NULL AND (NEW."end_position", NEW."hash", NEW."document", NEW."stated_at")
      = (OLD."end_position", OLD."hash", OLD."document", OLD."stated_at")
      THEN RETURN NEW; END IF;
  END IF;
  RAISE EXCEPTION '% of % is refused: what is published stays as it is', TG_OP, TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "public_fpps_stays" BEFORE UPDATE OR DELETE ON "public_fpps"
  FOR EACH ROW EXECUTE FUNCTION refuse_public_fpps_change();
CREATE TRIGGER "public_fpps_no_truncate" BEFORE TRUNCATE ON "public_fpps"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
