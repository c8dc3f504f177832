-- CreateTable
CREATE TABLE "block_answer" (
    "block_hash" TEXT NOT NULL,
    "node" TEXT NOT NULL,
    "call" TEXT NOT NULL,
    "answered_at" TIMESTAMPTZ(3) NOT NULL,
    "result" TEXT,
    "took_ms" DOUBLE PRECISION NOT NULL,

    CONSTRAINT "block_answer_pkey" PRIMARY KEY ("block_hash","node","call","answered_at")
);

-- AddForeignKey
ALTER TABLE "block_answer" ADD CONSTRAINT "block_answer_block_hash_fkey" FOREIGN KEY ("block_hash") REFERENCES "block"("hash") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was kept within the block until now; there was one node, and it had no name.
INSERT INTO "block_answer" ("block_hash", "node", "call", "answered_at", "result", "took_ms")
  SELECT "hash", 'node', 'submitblock', to_timestamp((answer->>'answeredAtMs')::double precision / 1000),
    answer->>'result', (answer->>'tookMs')::double precision
  FROM "block", jsonb_array_elements("answers") AS answer ON CONFLICT DO NOTHING;

-- AlterTable
ALTER TABLE "block" DROP COLUMN "answers";

-- What the Prisma schema cannot say.
ALTER TABLE "block_answer" ADD CONSTRAINT "block_answer_call" CHECK ("call" IN ('submitblock', 'preciousblock'));
CREATE TRIGGER "block_answer_append_only" BEFORE UPDATE OR DELETE OR TRUNCATE ON "block_answer"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
