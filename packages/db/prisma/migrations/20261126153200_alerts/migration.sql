-- Alerts: whom they are for, by which channels, and what became of each; and what tasks have found wrong.

CREATE TYPE "alert_channel_kind" AS ENUM ('email', 'telegram', 'discord', 'ntfy', 'nostr', 'webhook');
CREATE TYPE "alert_level" AS ENUM ('info', 'warning', 'urgent');
CREATE TYPE "alert_delivery_state" AS ENUM ('waiting', 'sent', 'dead');

CREATE TABLE "alert_owner" (
    "id" SERIAL NOT NULL,
    "miner_id" INTEGER,
    "time_zone" TEXT NOT NULL DEFAULT 'UTC',
    "quiet_from" INTEGER,
    "quiet_until" INTEGER,
    "urgent_passes" BOOLEAN NOT NULL DEFAULT true,
    "grouping_seconds" INTEGER NOT NULL DEFAULT 60,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_owner_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "alert_owner_quiet" CHECK (("quiet_from" IS NULL) = ("quiet_until" IS NULL)
      AND "quiet_from" BETWEEN 0 AND 1439 AND "quiet_until" BETWEEN 0 AND 1439)
);

CREATE TABLE "alert_key" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "public_key" BYTEA NOT NULL,
    "nostr_key" TEXT NOT NULL,
    "offers" JSONB NOT NULL,

    CONSTRAINT "alert_key_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "alert_key_one" CHECK ("id" = 1)
);

CREATE TABLE "alert_channel" (
    "id" BIGSERIAL NOT NULL,
    "owner_id" INTEGER NOT NULL,
    "kind" "alert_channel_kind" NOT NULL,
    "name" TEXT NOT NULL,
    "hint" TEXT NOT NULL,
    "target" BYTEA NOT NULL,
    "min_level" "alert_level" NOT NULL DEFAULT 'info',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "code_hash" BYTEA,
    "code_expires_at" TIMESTAMPTZ(3),
    "code_attempts" INTEGER NOT NULL DEFAULT 0,
    "verified_at" TIMESTAMPTZ(3),
    "target_tag" BYTEA,
    "failures" INTEGER NOT NULL DEFAULT 0,
    "rests_until" TIMESTAMPTZ(3),
    "removed_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_channel_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "alert_rule" (
    "owner_id" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "is_on" BOOLEAN NOT NULL,
    "parameters" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alert_rule_pkey" PRIMARY KEY ("owner_id","rule")
);

CREATE TABLE "alert_state" (
    "owner_id" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "state" JSONB NOT NULL,

    CONSTRAINT "alert_state_pkey" PRIMARY KEY ("owner_id","rule")
);

CREATE TABLE "alert_event" (
    "id" BIGSERIAL NOT NULL,
    "owner_id" INTEGER NOT NULL,
    "rule" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "level" "alert_level" NOT NULL,
    "what" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "facts" JSONB NOT NULL,
    "channel_id" BIGINT,
    "planned_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_event_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "alert_delivery" (
    "id" BIGSERIAL NOT NULL,
    "channel_id" BIGINT NOT NULL,
    "state" "alert_delivery_state" NOT NULL DEFAULT 'waiting',
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "attempts" INTEGER NOT NULL DEFAULT 0,
    "next_try_at" TIMESTAMPTZ(3) NOT NULL,
    "answer" TEXT,
    "sent_at" TIMESTAMPTZ(3),

    CONSTRAINT "alert_delivery_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "alert_delivery_event" (
    "delivery_id" BIGINT NOT NULL,
    "event_id" BIGINT NOT NULL,
    "channel_id" BIGINT NOT NULL,

    CONSTRAINT "alert_delivery_event_pkey" PRIMARY KEY ("event_id","channel_id")
);

CREATE TABLE "alarm" (
    "name" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "message" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "alarm_pkey" PRIMARY KEY ("name","subject")
);

CREATE UNIQUE INDEX "alert_owner_miner_id_key" ON "alert_owner"("miner_id");
CREATE INDEX "alert_channel_owner_id_idx" ON "alert_channel"("owner_id");
CREATE INDEX "alert_channel_target_tag_idx" ON "alert_channel"("target_tag");
CREATE INDEX "alert_event_planned_at_idx" ON "alert_event"("planned_at");
CREATE INDEX "alert_event_channel_id_idx" ON "alert_event"("channel_id");
CREATE UNIQUE INDEX "alert_event_owner_id_key_key" ON "alert_event"("owner_id", "key");
CREATE INDEX "alert_delivery_state_next_try_at_idx" ON "alert_delivery"("state", "next_try_at");
CREATE INDEX "alert_delivery_channel_id_created_at_idx" ON "alert_delivery"("channel_id", "created_at");
CREATE INDEX "alert_delivery_event_delivery_id_idx" ON "alert_delivery_event"("delivery_id");

ALTER TABLE "alert_owner" ADD CONSTRAINT "alert_owner_miner_id_fkey"
  FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "alert_channel" ADD CONSTRAINT "alert_channel_owner_id_fkey"
  FOREIGN KEY ("owner_id") REFERENCES "alert_owner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "alert_rule" ADD CONSTRAINT "alert_rule_owner_id_fkey"
  FOREIGN KEY ("owner_id") REFERENCES "alert_owner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "alert_state" ADD CONSTRAINT "alert_state_owner_id_fkey"
  FOREIGN KEY ("owner_id") REFERENCES "alert_owner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "alert_event" ADD CONSTRAINT "alert_event_owner_id_fkey"
  FOREIGN KEY ("owner_id") REFERENCES "alert_owner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "alert_event" ADD CONSTRAINT "alert_event_channel_id_fkey"
  FOREIGN KEY ("channel_id") REFERENCES "alert_channel"("id") ON DELETE SET NULL ON UPDATE CASCADE;
ALTER TABLE "alert_delivery" ADD CONSTRAINT "alert_delivery_channel_id_fkey"
  FOREIGN KEY ("channel_id") REFERENCES "alert_channel"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "alert_delivery_event" ADD CONSTRAINT "alert_delivery_event_delivery_id_fkey"
  FOREIGN KEY ("delivery_id") REFERENCES "alert_delivery"("id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "alert_delivery_event" ADD CONSTRAINT "alert_delivery_event_event_id_fkey"
  FOREIGN KEY ("event_id") REFERENCES "alert_event"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The operators; what happened before they have a channel is not told.
INSERT INTO "alert_owner" ("miner_id", "created_at") VALUES (NULL, now());
