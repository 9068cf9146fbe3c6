-- Where a revision found its view in another minute, this is where it was: both minutes are to be counted anew.
ALTER TABLE rum_view ADD COLUMN moved_from BIGINT;

CREATE TABLE rum_rollup (
  app TEXT NOT NULL,
  grain TEXT NOT NULL,
  dimension TEXT NOT NULL,
  bucket BIGINT NOT NULL,
  value TEXT NOT NULL,
  n BIGINT NOT NULL,
  sketch TEXT,

  PRIMARY KEY (app, grain, dimension, bucket, value)
);

CREATE TABLE rum_dirty (
  app TEXT NOT NULL,
  grain TEXT NOT NULL,
  bucket BIGINT NOT NULL,
  writer TEXT NOT NULL,
  seq BIGINT NOT NULL,

  PRIMARY KEY (app, grain, bucket, writer)
);

CREATE TABLE rum_retained (
  kind TEXT NOT NULL PRIMARY KEY,
  since BIGINT NOT NULL
);

CREATE TABLE rum_job (
  name TEXT NOT NULL PRIMARY KEY,
  holder TEXT NOT NULL,
  leased_until BIGINT NOT NULL,
  finished_at BIGINT,
  failed_at BIGINT,
  error TEXT
);

-- What is stored already is counted by the first run.
INSERT INTO rum_dirty (app, grain, bucket, writer, seq)
SELECT app, 'minute', bucket, 'migration', 1 FROM (
  SELECT app, started_at - started_at % 60000 AS bucket FROM rum_view
  UNION
  SELECT app, occurred_at - occurred_at % 60000 AS bucket FROM rum_event
) AS touched;
