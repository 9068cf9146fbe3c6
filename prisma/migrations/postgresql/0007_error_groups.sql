-- Minutes with errors are counted anew: rollups tell errors apart by what is alike in them from now on.
INSERT INTO rum_dirty (app, grain, bucket, writer, seq)
SELECT app, 'minute', bucket, 'migration', 1 FROM (
  SELECT DISTINCT app, occurred_at - occurred_at % 60000 AS bucket FROM rum_event WHERE type = 'error'
) AS touched WHERE true ORDER BY app, bucket
ON CONFLICT (app, grain, bucket, writer) DO UPDATE SET seq = rum_dirty.seq + 1;
