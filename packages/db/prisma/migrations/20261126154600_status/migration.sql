-- How the parts of the pool stand, when somebody looked, and what went wrong.

CREATE TABLE "part_state" (
    "part" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "part_state_pkey" PRIMARY KEY ("part")
);

CREATE TABLE "status_watch" (
    "id" BIGSERIAL NOT NULL,
    "began_at" TIMESTAMPTZ(3) NOT NULL,
    "looked_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "status_watch_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "incident" (
    "id" BIGSERIAL NOT NULL,
    "part" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),
    "ended" TEXT,

    CONSTRAINT "incident_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "status_watch_looked_at_idx" ON "status_watch"("looked_at");
CREATE INDEX "incident_opened_at_idx" ON "incident"("opened_at");

ALTER TABLE "part_state" ADD CONSTRAINT "part_state_state" CHECK ("state" IN ('up', 'degraded', 'down', 'unknown'));
ALTER TABLE "status_watch" ADD CONSTRAINT "status_watch_order" CHECK ("began_at" <= "looked_at");
ALTER TABLE "incident" ADD CONSTRAINT "incident_kind" CHECK ("kind" IN ('degraded', 'down', 'unknown'));
ALTER TABLE "incident" ADD CONSTRAINT "incident_end"
  CHECK ("closed_at" >= "opened_at" AND "ended" IS NOT NULL OR "closed_at" IS NULL AND "ended" IS NULL);

-- A part has one open incident at most, whoever looks and whatever crashes.
CREATE UNIQUE INDEX "incident_open_part" ON "incident" ("part") WHERE "closed_at" IS NULL;

-- What has ended stays as it was told, and what began is only ever ended.
CREATE FUNCTION refuse_incident_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD."closed_at" IS NOT NULL OR NEW."closed_at" IS NULL
     OR (OLD."id", OLD."part", OLD."kind", OLD."text", OLD."opened_at")
        IS DISTINCT FROM (NEW."id", NEW."part", NEW."kind", NEW."text", NEW."opened_at") THEN
    RAISE EXCEPTION 'incident % can only be closed, once', OLD."id" USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "incident_only_closes" BEFORE UPDATE ON "incident"
  FOR EACH ROW EXECUTE FUNCTION refuse_incident_change();
CREATE TRIGGER "incident_is_kept" BEFORE DELETE OR TRUNCATE ON "incident"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
