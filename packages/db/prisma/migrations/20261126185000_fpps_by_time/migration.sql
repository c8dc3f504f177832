-- What a miner was paid a day is read by the day.
CREATE INDEX "fpps_stretch_credited_at_idx" ON "fpps_stretch"("credited_at");
