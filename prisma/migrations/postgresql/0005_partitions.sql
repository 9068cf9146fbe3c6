-- Whoever holds one of the tables for longer keeps everybody else waiting behind this: the migrator then tries again.
SET LOCAL lock_timeout = '300ms';

-- What is stored already becomes the partition of what no other one is for, without being read or copied. Ranges of ids are
-- days, since an id begins with its time; new days are made as time goes on.
ALTER TABLE rum_view RENAME TO rum_view_default;
ALTER INDEX rum_view_pkey RENAME TO rum_view_default_pkey;
ALTER INDEX rum_view_time RENAME TO rum_view_default_time;
CREATE TABLE rum_view (
  LIKE rum_view_default INCLUDING DEFAULTS,
  CONSTRAINT rum_view_pkey PRIMARY KEY (app, id)
) PARTITION BY RANGE (id);
CREATE INDEX rum_view_time ON rum_view (app, started_at, visitor, sample);
ALTER TABLE rum_view ATTACH PARTITION rum_view_default DEFAULT;

ALTER TABLE rum_event RENAME TO rum_event_default;
ALTER INDEX rum_event_pkey RENAME TO rum_event_default_pkey;
ALTER INDEX rum_event_time RENAME TO rum_event_default_time;
CREATE TABLE rum_event (
  LIKE rum_event_default INCLUDING DEFAULTS,
  CONSTRAINT rum_event_pkey PRIMARY KEY (app, id)
) PARTITION BY RANGE (id);
CREATE INDEX rum_event_time ON rum_event (app, occurred_at, type);
ALTER TABLE rum_event ATTACH PARTITION rum_event_default DEFAULT;
