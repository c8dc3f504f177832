-- CreateTable
CREATE TABLE "extranonce1_lease" (
    "prefix" INTEGER NOT NULL,
    "host_id" TEXT,
    "slot" INTEGER,
    "fence" TEXT,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "extranonce1_lease_pkey" PRIMARY KEY ("prefix")
);

-- CreateIndex
CREATE UNIQUE INDEX "extranonce1_lease_host_id_slot_key" ON "extranonce1_lease"("host_id", "slot");

-- What the Prisma schema cannot say: a prefix is 12 bits, and every one of them has its row.
ALTER TABLE "extranonce1_lease" ADD CONSTRAINT "extranonce1_lease_prefix_range" CHECK ("prefix" BETWEEN 0 AND 4095);
ALTER TABLE "extranonce1_lease" ADD CONSTRAINT "extranonce1_lease_holder_whole"
  CHECK (("host_id" IS NULL) = ("slot" IS NULL) AND ("host_id" IS NULL) = ("expires_at" IS NULL));
INSERT INTO "extranonce1_lease" ("prefix") SELECT generate_series(0, 4095);
