import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { findPerson, readConfig, readToken, wantsNoColor } from "./config.ts";

function inFolder(body: (folder: string) => Promise<void> | void): () => Promise<void> {
  return async () => {
    const folder = mkdtempSync(join(tmpdir(), "holdpoint-config-"));
    await body(folder);
    rmSync(folder, { recursive: true });
  };
}

function read(flags: Parameters<typeof readConfig>[0], env: Record<string, string>, cwd: string) {
  return readConfig(flags, { env: { HOME: cwd, ...env }, cwd });
}

test(
  "the policy is found upwards, the store lies beside the repository's root",
  inFolder((folder) => {
    mkdirSync(join(folder, ".git"));
    mkdirSync(join(folder, "services", "shop"), { recursive: true });
    writeFileSync(join(folder, "services", "holdpoint.yaml"), "");
    const config = read({}, {}, join(folder, "services", "shop"));
    assert.ok(config.ok);
    assert.equal(config.value.policyFile, join(folder, "services", "holdpoint.yaml"));
    assert.equal(config.value.root, folder);
    assert.equal(config.value.dataDir, join(folder, ".holdpoint"));
    assert.deepEqual(config.value.listen, { host: "127.0.0.1", port: 4600 });
    assert.equal(config.value.server, null);
  }),
);

test(
  "a flag counts before the environment, the environment before the file",
  inFolder((folder) => {
    mkdirSync(join(folder, ".config", "holdpoint"), { recursive: true });
    const file = join(folder, ".config", "holdpoint", "config.json");
    writeFileSync(file, '{"server":"https://file.example.test/"}');
    const server = (flags: { server?: string }, env: Record<string, string>) => {
      const config = read(flags, env, folder);
      return config.ok ? config.value.server : config.error[0]?.code;
    };
    const env = { HOLDPOINT_SERVER: "https://env.example.test" };
    assert.equal(server({}, {}), "https://file.example.test");
    assert.equal(server({}, env), "https://env.example.test");
    assert.equal(server({ server: "http://[::1]:4600" }, env), "http://[::1]:4600");
    assert.equal(server({ server: "" }, env), null, "an empty flag means the embedded store");
    for (const bad of [
      "ftp://x",
      "https://user:pw@example.test",
      "example.test",
      "https://x/?a=1",
    ]) {
      assert.equal(server({ server: bad }, {}), "bad-config", bad);
    }
  }),
);

test(
  "secrets come from files, and are never part of what is told",
  inFolder((folder) => {
    const file = join(folder, "url");
    writeFileSync(file, "postgresql://shop:M4RKED@db/holdpoint\n");
    const config = read({}, { HOLDPOINT_DATABASE_URL_FILE: "url" }, folder);
    assert.ok(config.ok);
    assert.equal(config.value.databaseUrl, "postgresql://shop:M4RKED@db/holdpoint");
    writeFileSync(file, "M4RKED");
    const wrong = read({}, { HOLDPOINT_DATABASE_URL_FILE: "url" }, folder);
    assert.ok(!wrong.ok);
    assert.doesNotMatch(JSON.stringify(wrong.error), /M4RKED/);
    writeFileSync(file, "short");
    const token = readToken(file);
    assert.ok(!token.ok);
    assert.doesNotMatch(token.error[0]?.sentence ?? "", /short/);
  }),
);

test(
  "an address to listen on is a host and a port",
  inFolder((folder) => {
    const listen = (text: string) => {
      const config = read({ listen: text }, {}, folder);
      return config.ok ? config.value.listen : null;
    };
    assert.deepEqual(listen("0.0.0.0:80"), { host: "0.0.0.0", port: 80 });
    assert.deepEqual(listen("[::1]:0"), { host: "::1", port: 0 });
    for (const bad of ["4600", "localhost", "a:b:1", "x:99999", ""])
      assert.equal(listen(bad), null);
  }),
);

test(
  "a person is an e-mail address in lower case, or nobody",
  inFolder(async (folder) => {
    const person = async (said: string) => {
      const found = await findPerson({ env: { HOLDPOINT_PERSON: said }, cwd: folder });
      return found.ok ? found.value : found.error[0]?.code;
    };
    assert.equal(await person("Lead@Example.test "), "lead@example.test");
    for (const bad of ["", "lead", "a b@example.test", "@x"])
      assert.equal(await person(bad), "no-person");
  }),
);

test("NO_COLOR counts when it is not empty", () => {
  const wants = (env: Record<string, string>) => wantsNoColor({ env, cwd: "/" });
  assert.deepEqual(
    [wants({}), wants({ NO_COLOR: "" }), wants({ NO_COLOR: "1" }), wants({ TERM: "dumb" })],
    [false, false, true, true],
  );
});
