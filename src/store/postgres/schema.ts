/**
 * One script for each version of the schema, from nothing to the present; the table `schema_version` counts those that
 * have run. Text that is compared or sorted has the order of its bytes, whatever the database's own order is.
 */
export const SCHEMA: readonly string[] = [
  `
  CREATE TABLE head (
    one      integer PRIMARY KEY CHECK (one = 1),
    position bigint  NOT NULL,
    hash     text    NOT NULL
  );

  CREATE TABLE entries (
    position bigint PRIMARY KEY CHECK (position > 0),
    stream   text   NOT NULL COLLATE "C",
    seq      bigint NOT NULL CHECK (seq > 0),
    type     text   NOT NULL,
    version  bigint NOT NULL,
    "at"     bigint NOT NULL,
    "by"     text   NOT NULL,
    data     text   NOT NULL, -- not jsonb: the hash is over the very text
    prev     text   NOT NULL,
    hash     text   NOT NULL,
    UNIQUE (stream, seq)
  );

  CREATE TABLE streams (
    stream  text   PRIMARY KEY COLLATE "C",
    seq     bigint NOT NULL,
    wake_at bigint,
    due     bigint, -- the earliest of wake_at and the intents' due
    token   bigint NOT NULL DEFAULT 0,
    owner   text,
    until   bigint NOT NULL DEFAULT 0
  );
  CREATE INDEX streams_due ON streams (due, stream) WHERE due IS NOT NULL;

  CREATE TABLE intents (
    stream   text   NOT NULL COLLATE "C",
    id       text   NOT NULL COLLATE "C",
    due      bigint NOT NULL,
    body     text   NOT NULL,
    attempts bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (stream, id)
  );
  CREATE INDEX intents_id ON intents (id);

  CREATE TABLE releases (
    release    text    PRIMARY KEY COLLATE "C",
    system     text    NOT NULL,
    type       text    NOT NULL,
    version    text    NOT NULL,
    status     text    NOT NULL,
    phase      text    NOT NULL,
    planned_at bigint  NOT NULL,
    updated_at bigint  NOT NULL,
    ended      boolean NOT NULL
  );
  CREATE INDEX releases_planned ON releases (planned_at, release);

  CREATE TABLE requests (
    request text PRIMARY KEY COLLATE "C"
  );

  CREATE TABLE holds (
    name   text PRIMARY KEY COLLATE "C",
    holder text NOT NULL
  );

  INSERT INTO head (one, position, hash)
  VALUES (1, 0, '0000000000000000000000000000000000000000000000000000000000000000');
  `,
  `
  CREATE TABLE minutes (
    environment text             NOT NULL COLLATE "C",
    objective   text             NOT NULL COLLATE "C",
    "at"        bigint           NOT NULL,
    good        double precision NOT NULL,
    bad         double precision NOT NULL,
    PRIMARY KEY (environment, objective, "at")
  );
  CREATE INDEX minutes_at ON minutes ("at");

  CREATE TABLE pushes (
    environment text   NOT NULL COLLATE "C",
    arm         text   NOT NULL COLLATE "C",
    "at"        bigint NOT NULL,
    PRIMARY KEY (environment, arm, "at")
  );
  CREATE INDEX pushes_at ON pushes ("at");

  CREATE TABLE arms (
    environment text NOT NULL COLLATE "C",
    arm         text NOT NULL COLLATE "C",
    latest      bigint,
    totals      text, -- null while its first push is being added
    PRIMARY KEY (environment, arm)
  );
  `,
];
