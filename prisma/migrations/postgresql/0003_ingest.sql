ALTER TABLE rum_view ADD COLUMN clock TEXT;
ALTER TABLE rum_event ADD COLUMN clock TEXT;

CREATE TABLE rum_dead_letter (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  kind TEXT NOT NULL,
  visitor TEXT NOT NULL,
  received_at BIGINT NOT NULL,
  reason TEXT NOT NULL,
  payload TEXT NOT NULL,

  PRIMARY KEY (app, id)
);

CREATE TABLE rum_ingest_minute (
  minute BIGINT NOT NULL,
  counter TEXT NOT NULL,
  amount BIGINT NOT NULL,

  PRIMARY KEY (minute, counter)
);

CREATE TABLE rum_label (
  day TEXT NOT NULL,
  app TEXT NOT NULL,
  kind TEXT NOT NULL,
  label TEXT NOT NULL,

  PRIMARY KEY (day, app, kind, label)
);

CREATE TABLE rum_rate_limit (
  key TEXT NOT NULL PRIMARY KEY,
  points INTEGER NOT NULL,
  expires_at BIGINT NOT NULL
);

CREATE INDEX rum_rate_limit_expiry ON rum_rate_limit (expires_at);
