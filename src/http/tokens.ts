import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { problem } from "#api/problems.ts";
import type { Problem } from "#app/problem.ts";
import { err, ok, type Result } from "#core/base/result.ts";
import type { Instant } from "#core/base/time.ts";

const token = z.strictObject({
  id: z.string(),
  person: z.string(),
  may: z.enum(["read", "act", "push"]),
  created: z.int(),
  revoked: z.int().nullable(),
  /** SHA-256 of the secret: 256 random bits need no slow hash. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});
const file = z.strictObject({ tokens: z.array(token).max(10_000) });

export type Token = z.infer<typeof token>;
type Read<Value> = Result<Value, readonly Problem[]>;

/** Who may speak to the server: `tokens.json` in the data folder, read again whenever it has changed. */
export interface Tokens {
  /** Whom a secret belongs to; null for one that is not known or was revoked. */
  bearer(secret: string): Token | null;
  none(): boolean;
  list(): Read<readonly Token[]>;
  /** A new token; its secret is known only to whoever gets this answer. */
  add(wish: { person: string; may: Token["may"]; now: Instant }): Read<{
    token: Token;
    secret: string;
  }>;
  revoke(id: string, now: Instant): Read<Token>;
}

export function openTokens(dataDir: string): Tokens {
  const path = join(dataDir, "tokens.json");
  const read = cached(path);
  const list: Tokens["list"] = () => {
    const tokens = read();
    return tokens === null
      ? err([problem("bad-tokens-file", { where: path })])
      : ok([...tokens.values()]);
  };
  return {
    list,
    bearer: (secret) => {
      const found = read()?.get(hashOf(secret));
      return found === undefined || found.revoked !== null ? null : found;
    },
    none: () => ![...(read()?.values() ?? [])].some(({ revoked }) => revoked === null),
    add({ person, may, now }) {
      const known = list();
      if (!known.ok) return known;
      const secret = `hp_${randomBytes(32).toString("base64url")}`;
      const id = randomBytes(6).toString("hex");
      const added: Token = { id, person, may, created: now, revoked: null, hash: hashOf(secret) };
      write(dataDir, path, [...known.value, added]);
      return ok({ token: added, secret });
    },
    revoke(id, now) {
      const known = list();
      if (!known.ok) return known;
      const found = known.value.find((one) => one.id === id);
      if (found === undefined) return err([problem("no-such-token")]);
      const revoked = { ...found, revoked: found.revoked ?? now };
      write(
        dataDir,
        path,
        known.value.map((one) => (one.id === id ? revoked : one)),
      );
      return ok(revoked);
    },
  };
}

function hashOf(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

/** The tokens by hash; null where the file is there and cannot be read as such: then nobody is let in. */
function cached(path: string): () => ReadonlyMap<string, Token> | null {
  let stamp = "";
  let tokens: ReadonlyMap<string, Token> | null = new Map();
  return () => {
    const stat = statSync(path, { bigint: true, throwIfNoEntry: false });
    // Writing replaces the file, so each version has an inode or a time of its own.
    const now = stat === undefined ? "none" : `${stat.ino} ${stat.mtimeNs} ${stat.size}`;
    if (now !== stamp) {
      tokens = stat === undefined ? new Map() : parse(path);
      stamp = now;
    }
    return tokens;
  };
}

function parse(path: string): ReadonlyMap<string, Token> | null {
  try {
    const { tokens } = file.parse(JSON.parse(readFileSync(path, "utf8")));
    return new Map(tokens.map((one) => [one.hash, one]));
  } catch {
    return null;
  }
}

function write(dataDir: string, path: string, tokens: readonly Token[]): void {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const draft = `${path}.${randomBytes(6).toString("hex")}`;
  writeFileSync(draft, `${JSON.stringify({ tokens }, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(draft, path);
}
