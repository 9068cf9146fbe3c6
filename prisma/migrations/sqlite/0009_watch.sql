-- How far each app is watched, and what is known of it.
CREATE TABLE rum_watch (
  app TEXT NOT NULL PRIMARY KEY,
  watched_since BIGINT NOT NULL,
  watched_until BIGINT NOT NULL,
  time_zone TEXT NOT NULL,
  state TEXT NOT NULL,
  note TEXT,
  noted_at BIGINT
);

CREATE TABLE rum_incident (
  app TEXT NOT NULL,
  id TEXT NOT NULL,
  metric TEXT NOT NULL,
  began BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  ended BIGINT,
  updated_at BIGINT NOT NULL,
  affected BIGINT NOT NULL,
  body TEXT NOT NULL,

  PRIMARY KEY (app, id)
);
