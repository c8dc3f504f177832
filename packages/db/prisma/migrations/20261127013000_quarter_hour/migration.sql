-- Of its own, because a value cannot be used in the transaction that adds it.
ALTER TYPE "resolution" ADD VALUE 'quarter_hour' AFTER 'minute';
