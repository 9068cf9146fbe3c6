-- Rollups tell views apart by more dimensions now: those of a time whose views are still there are made anew.
INSERT INTO rum_dirty (app, grain, bucket, writer, seq)
SELECT app, grain, bucket, 'migration', 1 FROM rum_rollup WHERE grain IN ('minute', 'hour') AND dimension = 'all'
ON CONFLICT (app, grain, bucket, writer) DO NOTHING;
