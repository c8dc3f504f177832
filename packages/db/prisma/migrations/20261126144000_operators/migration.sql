-- Operators: who may sign in to the console, and the log of what they did.

CREATE TYPE "operator_role" AS ENUM ('viewer', 'operator', 'payouts', 'admin');

CREATE TABLE "operator" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" "operator_role" NOT NULL,
    "password_hash" TEXT,
    "totp_secret" BYTEA,
    "totp_confirmed_at" TIMESTAMPTZ(3),
    "totp_step" BIGINT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "disabled_at" TIMESTAMPTZ(3),

    CONSTRAINT "operator_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "operator_enrolment" (
    "code_hash" BYTEA NOT NULL,
    "operator_id" INTEGER NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "operator_enrolment_pkey" PRIMARY KEY ("code_hash")
);

CREATE TABLE "operator_passkey" (
    "credential_id" BYTEA NOT NULL,
    "operator_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "public_key" BYTEA NOT NULL,
    "sign_count" BIGINT NOT NULL,
    "transports" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "operator_passkey_pkey" PRIMARY KEY ("credential_id")
);

CREATE TABLE "operator_recovery_code" (
    "operator_id" INTEGER NOT NULL,
    "code_hash" BYTEA NOT NULL,
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "operator_recovery_code_pkey" PRIMARY KEY ("operator_id","code_hash")
);

CREATE TABLE "operator_session" (
    "id" SERIAL NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "operator_id" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,
    "second_factor_at" TIMESTAMPTZ(3),
    "is_enrolment" BOOLEAN NOT NULL,
    "challenge" TEXT,
    "challenge_expires_at" TIMESTAMPTZ(3),
    "ended_at" TIMESTAMPTZ(3),
    "user_agent" TEXT NOT NULL,

    CONSTRAINT "operator_session_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "sign_in_failure" (
    "key_hash" BYTEA NOT NULL,
    "weight" DOUBLE PRECISION NOT NULL,
    "failed_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "sign_in_failure_pkey" PRIMARY KEY ("key_hash")
);

CREATE TABLE "operator_action" (
    "id" BIGSERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "operator_id" INTEGER,
    "author" TEXT NOT NULL,
    "action" TEXT NOT NULL,
    "subject" TEXT,
    "input" JSONB,

    CONSTRAINT "operator_action_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "operator_action_outcome" (
    "action_id" BIGINT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "is_done" BOOLEAN NOT NULL,
    "before" JSONB,
    "after" JSONB,
    "problem" TEXT,

    CONSTRAINT "operator_action_outcome_pkey" PRIMARY KEY ("action_id")
);

CREATE UNIQUE INDEX "operator_name_key" ON "operator"("name");

CREATE UNIQUE INDEX "operator_email_key" ON "operator"("email");

CREATE INDEX "operator_enrolment_operator_id_idx" ON "operator_enrolment"("operator_id");

CREATE INDEX "operator_passkey_operator_id_idx" ON "operator_passkey"("operator_id");

CREATE UNIQUE INDEX "operator_session_token_hash_key" ON "operator_session"("token_hash");

CREATE INDEX "operator_session_operator_id_idx" ON "operator_session"("operator_id");

CREATE INDEX "sign_in_failure_failed_at_idx" ON "sign_in_failure"("failed_at");

CREATE INDEX "operator_action_at_idx" ON "operator_action"("at");

CREATE INDEX "operator_action_author_id_idx" ON "operator_action"("author", "id");

CREATE INDEX "operator_action_action_id_idx" ON "operator_action"("action", "id");

ALTER TABLE "operator_enrolment" ADD CONSTRAINT "operator_enrolment_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "operator_passkey" ADD CONSTRAINT "operator_passkey_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "operator_recovery_code" ADD CONSTRAINT "operator_recovery_code_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "operator_session" ADD CONSTRAINT "operator_session_operator_id_fkey" FOREIGN KEY ("operator_id") REFERENCES "operator"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "operator_action_outcome" ADD CONSTRAINT "operator_action_outcome_action_id_fkey" FOREIGN KEY ("action_id") REFERENCES "operator_action"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What the schema cannot say ------------------------------------------------------------------------------------

ALTER TABLE "operator" ADD CONSTRAINT "operator_name_form" CHECK ("name" ~ '^[a-z][a-z0-9._-]{0,39}$');
-- Nobody has two addresses that differ in case alone.
ALTER TABLE "operator" ADD CONSTRAINT "operator_email_form" CHECK ("email" = lower("email") AND "email" ~ '^\S+@\S+$');
ALTER TABLE "operator_action" ADD CONSTRAINT "operator_action_author_form" CHECK ("author" ~ '\S');
ALTER TABLE "operator_action_outcome" ADD CONSTRAINT "operator_action_outcome_explained"
  CHECK ("is_done" = ("problem" IS NULL));

CREATE TRIGGER "operator_action_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "operator_action"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER "operator_action_outcome_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "operator_action_outcome"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
