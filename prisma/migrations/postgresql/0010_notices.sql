-- What somebody is to be told, and whether they were.
CREATE TABLE rum_notice (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  notifier TEXT NOT NULL,
  kind TEXT NOT NULL,
  incident TEXT,
  created_at BIGINT NOT NULL,
  due_at BIGINT NOT NULL,
  attempts INTEGER NOT NULL,
  state TEXT NOT NULL,
  finished_at BIGINT,
  error TEXT,
  body TEXT NOT NULL,

  PRIMARY KEY (app, id)
);

CREATE INDEX rum_notice_due ON rum_notice (state, due_at);
