-- Settings that may change while the pool runs, and what its programs were started with.

CREATE TABLE "run_time_setting" (
    "name" TEXT NOT NULL,
    "value" TEXT,
    "changed_at" TIMESTAMPTZ(3) NOT NULL,
    "changed_by" TEXT NOT NULL,

    CONSTRAINT "run_time_setting_pkey" PRIMARY KEY ("name")
);

CREATE TABLE "program_settings" (
    "program" TEXT NOT NULL,
    "host" TEXT NOT NULL,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "lines" JSONB NOT NULL,

    CONSTRAINT "program_settings_pkey" PRIMARY KEY ("program","host")
);
