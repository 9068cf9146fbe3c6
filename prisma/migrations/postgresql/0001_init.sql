CREATE TABLE rum_view (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  started_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  visitor TEXT NOT NULL,
  route TEXT NOT NULL,
  path TEXT NOT NULL,
  router TEXT NOT NULL,
  navigation_type TEXT NOT NULL,
  previous_view_id TEXT,
  referrer TEXT,
  release TEXT,
  environment TEXT,
  country TEXT,
  device TEXT NOT NULL,
  browser TEXT,
  os TEXT,
  connection TEXT,
  language TEXT,
  viewport_width INTEGER,
  viewport_height INTEGER,
  automated BOOLEAN NOT NULL,
  trace_id TEXT,
  duration DOUBLE PRECISION,
  lcp DOUBLE PRECISION,
  inp DOUBLE PRECISION,
  cls DOUBLE PRECISION,
  fcp DOUBLE PRECISION,
  ttfb DOUBLE PRECISION,
  attribution TEXT,
  sample BOOLEAN NOT NULL,

  CONSTRAINT rum_view_pkey PRIMARY KEY (app, id)
);

CREATE TABLE rum_event (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  view_id TEXT NOT NULL,
  type TEXT NOT NULL,
  name TEXT NOT NULL,
  occurred_at BIGINT NOT NULL,
  received_at BIGINT NOT NULL,
  visitor TEXT NOT NULL,
  route TEXT NOT NULL,
  data TEXT,
  sample BOOLEAN NOT NULL,

  CONSTRAINT rum_event_pkey PRIMARY KEY (app, id)
);

CREATE TABLE rum_salt (
  day TEXT NOT NULL,
  secret TEXT NOT NULL,

  CONSTRAINT rum_salt_pkey PRIMARY KEY (day)
);

CREATE INDEX rum_view_time ON rum_view (app, started_at, visitor, sample);
CREATE INDEX rum_event_time ON rum_event (app, occurred_at, type);
