/** "Hold" in ASCII: marks the file as ours, so that no other database is taken for a store. */
export const APPLICATION_ID = 0x486f6c64;

/** One script for each version of the schema, from nothing to the present; `user_version` counts those that have run. */
export const SCHEMA: readonly string[] = [
  `
  CREATE TABLE head (
    one      INTEGER PRIMARY KEY CHECK (one = 1),
    position INTEGER NOT NULL,
    hash     TEXT    NOT NULL
  ) STRICT;

  CREATE TABLE entries (
    position INTEGER PRIMARY KEY CHECK (position > 0),
    stream   TEXT    NOT NULL,
    seq      INTEGER NOT NULL CHECK (seq > 0),
    type     TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    "at"     INTEGER NOT NULL,
    "by"     TEXT    NOT NULL,
    data     TEXT    NOT NULL,
    prev     TEXT    NOT NULL,
    hash     TEXT    NOT NULL,
    UNIQUE (stream, seq)
  ) STRICT;

  CREATE TABLE streams (
    stream  TEXT    PRIMARY KEY,
    seq     INTEGER NOT NULL,
    wake_at INTEGER,
    due     INTEGER, -- the earliest of wake_at and the intents' due
    token   INTEGER NOT NULL DEFAULT 0,
    owner   TEXT,
    until   INTEGER NOT NULL DEFAULT 0
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX streams_due ON streams (due) WHERE due IS NOT NULL;

  CREATE TABLE intents (
    stream   TEXT    NOT NULL,
    id       TEXT    NOT NULL,
    due      INTEGER NOT NULL,
    body     TEXT    NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (stream, id)
  ) STRICT;
  CREATE INDEX intents_id ON intents (id);

  CREATE TABLE releases (
    release    TEXT    PRIMARY KEY,
    system     TEXT    NOT NULL,
    type       TEXT    NOT NULL,
    version    TEXT    NOT NULL,
    status     TEXT    NOT NULL,
    phase      TEXT    NOT NULL,
    planned_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    ended      INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX releases_planned ON releases (planned_at, release);

  CREATE TABLE requests (
    request TEXT PRIMARY KEY
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE holds (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;

  INSERT INTO head (one, position, hash)
  VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
  `,
  `
  CREATE TABLE minutes (
    environment TEXT    NOT NULL,
    objective   TEXT    NOT NULL,
    "at"        INTEGER NOT NULL,
    good        REAL    NOT NULL,
    bad         REAL    NOT NULL,
    PRIMARY KEY (environment, objective, "at")
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX minutes_at ON minutes ("at");

  CREATE TABLE pushes (
    environment TEXT    NOT NULL,
    arm         TEXT    NOT NULL,
    "at"        INTEGER NOT NULL,
    PRIMARY KEY (environment, arm, "at")
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX pushes_at ON pushes ("at");

  CREATE TABLE arms (
    environment TEXT    NOT NULL,
    arm         TEXT    NOT NULL,
    latest      INTEGER NOT NULL,
    totals      TEXT    NOT NULL,
    PRIMARY KEY (environment, arm)
  ) STRICT, WITHOUT ROWID;
  `,
];
