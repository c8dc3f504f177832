-- What coinbases have paid a miner themselves is found among his earnings without reading all of them.
DROP INDEX "earning_miner_id_idx";
CREATE INDEX "earning_miner_id_direct_sats_idx" ON "earning"("miner_id", "direct_sats");
