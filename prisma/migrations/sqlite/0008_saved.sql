CREATE TABLE rum_saved (
  app TEXT NOT NULL,
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  revision INTEGER NOT NULL,
  saved_at BIGINT NOT NULL,
  body TEXT NOT NULL,

  PRIMARY KEY (app, kind, id)
);

CREATE TABLE rum_change (
  app TEXT NOT NULL,
  at BIGINT NOT NULL,
  id TEXT NOT NULL,
  role TEXT NOT NULL,
  name TEXT NOT NULL,
  action TEXT NOT NULL,
  subject TEXT NOT NULL,

  PRIMARY KEY (app, at, id)
);
