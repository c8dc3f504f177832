-- The lines of a block's split in their order: the first fifty of ten thousand, without sorting them all.

CREATE INDEX "earning_block_hash_prefix_before_prefix_after_idx" ON "earning"("block_hash", "prefix_before", "prefix_after");
