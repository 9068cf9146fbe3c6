-- What releases, flags and the weeks changed, as it was last looked for.
CREATE TABLE rum_finding (
  app TEXT NOT NULL PRIMARY KEY,
  made_at BIGINT NOT NULL,
  body TEXT NOT NULL
);
