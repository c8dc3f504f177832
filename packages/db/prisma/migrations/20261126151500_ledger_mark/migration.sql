-- Up to where the ledger was found right, and what its accounts came to there: the next check looks at what is new.

CREATE TABLE "ledger_mark" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "transaction_id" BIGINT NOT NULL,
    "block_height" INTEGER NOT NULL,
    "fpps_position" BIGINT NOT NULL,
    "checked_at" TIMESTAMPTZ(3) NOT NULL,
    "whole_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_mark_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "ledger_mark_total" (
    "account_id" INTEGER NOT NULL,
    "kind" TEXT NOT NULL,
    "entries" BIGINT NOT NULL,
    "amount_sats" BIGINT NOT NULL,

    CONSTRAINT "ledger_mark_total_pkey" PRIMARY KEY ("account_id","kind")
);

ALTER TABLE "ledger_mark" ADD CONSTRAINT "ledger_mark_single_row" CHECK ("id" = 1);
