-- CreateEnum
CREATE TYPE "block_status" AS ENUM ('candidate', 'immature', 'mature', 'stale');

-- CreateEnum
CREATE TYPE "payout_mode" AS ENUM ('pplns', 'solo');

-- CreateEnum
CREATE TYPE "resolution" AS ENUM ('minute', 'hour', 'day');

-- CreateTable
CREATE TABLE "block" (
    "hash" TEXT NOT NULL,
    "height" INTEGER NOT NULL,
    "status" "block_status" NOT NULL DEFAULT 'candidate',
    "booked_status" "block_status" NOT NULL DEFAULT 'candidate',
    "confirmations" INTEGER NOT NULL DEFAULT 0,
    "mode" "payout_mode" NOT NULL,
    "finder_id" INTEGER NOT NULL,
    "found_at" TIMESTAMPTZ(3) NOT NULL,
    "nbits" INTEGER NOT NULL,
    "template_value_sats" BIGINT NOT NULL,
    "template_fees_sats" BIGINT NOT NULL,
    "answers" JSONB NOT NULL DEFAULT '[]',
    "writer_id" TEXT NOT NULL,
    "incarnation" INTEGER NOT NULL,
    "window_end_share_seq" BIGINT NOT NULL,
    "window_end_position" BIGINT,
    "window_end_index" INTEGER,
    "score_at_find" DECIMAL(78,0),

    CONSTRAINT "block_pkey" PRIMARY KEY ("hash")
);

-- CreateTable
CREATE TABLE "settlement" (
    "block_hash" TEXT NOT NULL,
    "coinbase_value_sats" BIGINT NOT NULL,
    "subsidy_sats" BIGINT NOT NULL,
    "fees_sats" BIGINT NOT NULL,
    "fee_basis_points" INTEGER NOT NULL,
    "pool_fee_sats" BIGINT NOT NULL,
    "reward_sats" BIGINT NOT NULL,
    "pplns_window" INTEGER NOT NULL,
    "window_start_position" BIGINT,
    "window_start_index" INTEGER,
    "window_total" DECIMAL(78,0) NOT NULL,
    "settled_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settlement_pkey" PRIMARY KEY ("block_hash")
);

-- CreateTable
CREATE TABLE "earning" (
    "block_hash" TEXT NOT NULL,
    "miner_id" INTEGER NOT NULL,
    "amount_sats" BIGINT NOT NULL,
    "score" DECIMAL(78,0) NOT NULL,
    "prefix_before" DECIMAL(78,0) NOT NULL,
    "prefix_after" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "earning_pkey" PRIMARY KEY ("block_hash","miner_id")
);

-- CreateTable
CREATE TABLE "writer" (
    "writer_id" TEXT NOT NULL,
    "incarnation" INTEGER NOT NULL,
    "next_segment_seq" BIGINT NOT NULL,
    "next_share_seq" BIGINT NOT NULL,
    "last_segment_hash" BYTEA NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "writer_pkey" PRIMARY KEY ("writer_id")
);

-- CreateTable
CREATE TABLE "journal_head" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "network" TEXT,
    "position" BIGINT NOT NULL DEFAULT 0,
    "share_count" BIGINT NOT NULL DEFAULT 0,
    "work" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "score" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "pplns_score" DECIMAL(78,0) NOT NULL DEFAULT 0,
    "pruned_position" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "journal_head_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "segment" (
    "position" BIGINT NOT NULL,
    "writer_id" TEXT NOT NULL,
    "segment_seq" BIGINT NOT NULL,
    "incarnation" INTEGER NOT NULL,
    "first_share_seq" BIGINT NOT NULL,
    "share_count" INTEGER NOT NULL,
    "work" DECIMAL(78,0) NOT NULL,
    "score" DECIMAL(78,0) NOT NULL,
    "pplns_score" DECIMAL(78,0) NOT NULL,
    "score_before" DECIMAL(78,0) NOT NULL,
    "pplns_score_before" DECIMAL(78,0) NOT NULL,
    "root" BYTEA NOT NULL,
    "hash" BYTEA NOT NULL,
    "prev_hash" BYTEA NOT NULL,
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "sealed_at" TIMESTAMPTZ(3) NOT NULL,
    "payload" BYTEA,

    CONSTRAINT "segment_pkey" PRIMARY KEY ("position")
);

-- CreateTable
CREATE TABLE "segment_sum" (
    "position" BIGINT NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "worker_id" INTEGER NOT NULL,
    "mode" "payout_mode" NOT NULL,
    "share_count" INTEGER NOT NULL,
    "work" DECIMAL(78,0) NOT NULL,
    "score" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "segment_sum_pkey" PRIMARY KEY ("position","minute","worker_id","mode")
);

-- CreateTable
CREATE TABLE "segment_reject" (
    "position" BIGINT NOT NULL,
    "minute" TIMESTAMPTZ(0) NOT NULL,
    "worker_id" INTEGER NOT NULL,
    "reason" TEXT NOT NULL,
    "count" BIGINT NOT NULL,

    CONSTRAINT "segment_reject_pkey" PRIMARY KEY ("position","minute","worker_id","reason")
);

-- CreateTable
CREATE TABLE "ledger_account" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "miner_id" INTEGER,

    CONSTRAINT "ledger_account_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_transaction" (
    "id" BIGSERIAL NOT NULL,
    "kind" TEXT NOT NULL,
    "block_hash" TEXT,
    "occurrence" INTEGER NOT NULL DEFAULT 1,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ledger_transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "transaction_id" BIGINT NOT NULL,
    "account_id" INTEGER NOT NULL,
    "amount_sats" BIGINT NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("transaction_id","account_id")
);

-- CreateTable
CREATE TABLE "miner" (
    "id" SERIAL NOT NULL,
    "address" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_share_at" TIMESTAMPTZ(3),

    CONSTRAINT "miner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "worker" (
    "id" SERIAL NOT NULL,
    "miner_id" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "first_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "last_share_at" TIMESTAMPTZ(3),

    CONSTRAINT "worker_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pool" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "network" TEXT NOT NULL,
    "pool_address" TEXT NOT NULL,
    "pool_tag" TEXT NOT NULL,
    "fee_basis_points" INTEGER NOT NULL,
    "pplns_window" INTEGER NOT NULL,
    "stratum_ports" JSONB NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pool_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pool_script" (
    "script" BYTEA NOT NULL,
    "address" TEXT NOT NULL,
    "first_used_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "pool_script_pkey" PRIMARY KEY ("script")
);

-- CreateTable
CREATE TABLE "chain_tip" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "hash" TEXT NOT NULL,
    "height" INTEGER NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "chain_tip_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "rollup_cursor" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "position" BIGINT NOT NULL DEFAULT 0,

    CONSTRAINT "rollup_cursor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "pool_rollup" (
    "resolution" "resolution" NOT NULL,
    "starts_at" TIMESTAMPTZ(0) NOT NULL,
    "outcome" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "work" DECIMAL(78,0) NOT NULL,
    "score" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "pool_rollup_pkey" PRIMARY KEY ("resolution","starts_at","outcome")
);

-- CreateTable
CREATE TABLE "miner_rollup" (
    "miner_id" INTEGER NOT NULL,
    "resolution" "resolution" NOT NULL,
    "starts_at" TIMESTAMPTZ(0) NOT NULL,
    "outcome" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "work" DECIMAL(78,0) NOT NULL,
    "score" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "miner_rollup_pkey" PRIMARY KEY ("miner_id","resolution","starts_at","outcome")
);

-- CreateTable
CREATE TABLE "worker_rollup" (
    "worker_id" INTEGER NOT NULL,
    "resolution" "resolution" NOT NULL,
    "starts_at" TIMESTAMPTZ(0) NOT NULL,
    "outcome" TEXT NOT NULL,
    "count" BIGINT NOT NULL,
    "work" DECIMAL(78,0) NOT NULL,
    "score" DECIMAL(78,0) NOT NULL,

    CONSTRAINT "worker_rollup_pkey" PRIMARY KEY ("worker_id","resolution","starts_at","outcome")
);

-- CreateIndex
CREATE INDEX "block_height_idx" ON "block"("height");

-- CreateIndex
CREATE INDEX "block_found_at_idx" ON "block"("found_at");

-- CreateIndex
CREATE INDEX "block_status_idx" ON "block"("status");

-- CreateIndex
CREATE INDEX "block_finder_id_idx" ON "block"("finder_id");

-- CreateIndex
CREATE INDEX "block_score_at_find_idx" ON "block"("score_at_find");

-- CreateIndex
CREATE INDEX "earning_miner_id_idx" ON "earning"("miner_id");

-- CreateIndex
CREATE INDEX "segment_pplns_score_before_position_idx" ON "segment"("pplns_score_before", "position");

-- CreateIndex
CREATE UNIQUE INDEX "segment_writer_id_segment_seq_key" ON "segment"("writer_id", "segment_seq");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_account_name_key" ON "ledger_account"("name");

-- CreateIndex
CREATE INDEX "ledger_account_miner_id_idx" ON "ledger_account"("miner_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_block_hash_kind_occurrence_key" ON "ledger_transaction"("block_hash", "kind", "occurrence");

-- CreateIndex
CREATE INDEX "ledger_entry_account_id_transaction_id_idx" ON "ledger_entry"("account_id", "transaction_id");

-- CreateIndex
CREATE UNIQUE INDEX "miner_address_key" ON "miner"("address");

-- CreateIndex
CREATE UNIQUE INDEX "worker_miner_id_name_key" ON "worker"("miner_id", "name");

-- CreateIndex
CREATE UNIQUE INDEX "pool_script_address_key" ON "pool_script"("address");

-- CreateIndex
CREATE INDEX "miner_rollup_resolution_starts_at_idx" ON "miner_rollup"("resolution", "starts_at");

-- CreateIndex
CREATE INDEX "worker_rollup_resolution_starts_at_idx" ON "worker_rollup"("resolution", "starts_at");

-- AddForeignKey
ALTER TABLE "block" ADD CONSTRAINT "block_finder_id_fkey" FOREIGN KEY ("finder_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "settlement" ADD CONSTRAINT "settlement_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "block"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "earning" ADD CONSTRAINT "earning_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "settlement"("block_hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "earning" ADD CONSTRAINT "earning_miner_id_fkey" FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segment_sum" ADD CONSTRAINT "segment_sum_position_fkey" FOREIGN KEY ("position") REFERENCES "segment"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segment_sum" ADD CONSTRAINT "segment_sum_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segment_reject" ADD CONSTRAINT "segment_reject_position_fkey" FOREIGN KEY ("position") REFERENCES "segment"("position") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "segment_reject" ADD CONSTRAINT "segment_reject_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_account" ADD CONSTRAINT "ledger_account_miner_id_fkey" FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "block"("hash") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_account_id_fkey" FOREIGN KEY ("account_id") REFERENCES "ledger_account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "worker" ADD CONSTRAINT "worker_miner_id_fkey" FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "miner_rollup" ADD CONSTRAINT "miner_rollup_miner_id_fkey" FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "worker_rollup" ADD CONSTRAINT "worker_rollup_worker_id_fkey" FOREIGN KEY ("worker_id") REFERENCES "worker"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
