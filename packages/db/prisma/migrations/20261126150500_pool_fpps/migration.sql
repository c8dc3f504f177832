-- By what terms FPPS shares are paid, for everybody to see.

ALTER TABLE "pool" ADD COLUMN "fpps_fee_basis_points" INTEGER;
ALTER TABLE "pool" ADD COLUMN "fpps_reserve_sats" BIGINT;
