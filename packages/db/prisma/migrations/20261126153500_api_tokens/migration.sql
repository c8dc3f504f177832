CREATE TABLE "api_token" (
    "id" SERIAL NOT NULL,
    "token_hash" BYTEA NOT NULL,
    "prefix" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "scopes" TEXT[],
    "miner_id" INTEGER,
    "operator_id" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "last_used_at" TIMESTAMPTZ(3),

    CONSTRAINT "api_token_pkey" PRIMARY KEY ("id"),
    CONSTRAINT "api_token_one_owner" CHECK (num_nonnulls("miner_id", "operator_id") = 1),
    CONSTRAINT "api_token_hash_length" CHECK (octet_length("token_hash") = 32)
);

CREATE UNIQUE INDEX "api_token_token_hash_key" ON "api_token"("token_hash");
CREATE INDEX "api_token_miner_id_idx" ON "api_token"("miner_id");
CREATE INDEX "api_token_operator_id_idx" ON "api_token"("operator_id");

ALTER TABLE "api_token" ADD CONSTRAINT "api_token_miner_id_fkey"
    FOREIGN KEY ("miner_id") REFERENCES "miner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
