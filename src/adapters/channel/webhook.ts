import { createHmac } from "node:crypto";
import { readFile } from "node:fs/promises";
import type { Channel, Message } from "#app/ports/outside.ts";
import { canonical } from "#core/base/canonical.ts";
import { digestText } from "#core/base/digest.ts";
import { type Instant, SECOND } from "#core/base/time.ts";
import type { Answer } from "#core/gates/gate.ts";
import { type Escaper, fill } from "#core/reports/message.ts";

/** The three characters that mean something in Slack's `text`, and in nothing that ignores them. */
const safe: Escaper = (value) =>
  value.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const asIs: Escaper = (value) => value;

export interface WebhookParts {
  readonly url: string;
  /** File with the signing secret, `whsec_` and base64; null: not signed. */
  readonly secretFile: string | null;
  readonly clock: () => Instant;
  /** Longest time for an answer, in ms. */
  readonly timeout?: number;
}

/**
 * Posts JSON as standard-webhooks says (standardwebhooks.com): id, timestamp and an HMAC-SHA256 `v1` signature. The id
 * is a digest of the key, the same on every repeat, so a receiver can drop what it has seen. 2xx is done, 410 is failed
 * for good; all else, redirects too, is thrown and so asked again later.
 */
export function webhookChannel(parts: WebhookParts): Channel {
  return { send: (key, message) => post(parts, key, message) };
}

async function post(parts: WebhookParts, key: string, message: Message): Promise<Answer> {
  const { url, authorization } = withoutCredentials(parts.url);
  const body = bodyOf(key, message, parts.clock());
  const id = `msg_${digestText(key).slice(0, 40)}`;
  const timestamp = String(Math.floor(parts.clock() / SECOND));
  const signature = await sign(parts.secretFile, `${id}.${timestamp}.${body}`);
  const response = await ask(url, {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(parts.timeout ?? 15 * SECOND),
    headers: {
      "content-type": "application/json",
      "user-agent": "holdpoint",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      ...(signature && { "webhook-signature": signature }),
      ...(authorization && { authorization }),
    },
    body,
  });
  await response.body?.cancel();
  if (response.ok) return { outcome: "done", facts: { status: response.status } };
  const said = `the webhook at ${url.origin} answered ${response.status}`;
  if (response.status === 410) return { outcome: "failed", reason: `${said}: it is gone` };
  throw new Error(said);
}

/** The address itself may be a secret (Slack's are), so only its origin is ever told. */
async function ask(url: URL, request: RequestInit): Promise<Response> {
  try {
    return await fetch(url, request);
  } catch (error) {
    const cause = (error as { cause?: { code?: unknown } }).cause?.code;
    const why = typeof cause === "string" ? cause : (error as Error).name;
    throw new Error(`the webhook at ${url.origin} did not answer (${why})`);
  }
}

function bodyOf(key: string, { title, body, facts }: Message, now: Instant): string {
  const text = [title, body]
    .filter((part) => part !== "")
    .map((part) => fill(part, facts, safe))
    .join("\n");
  const [plainTitle, plainBody] = [fill(title, facts, asIs), fill(body, facts, asIs)];
  return canonical({
    type: `release.${facts["status"] || "announced"}`,
    timestamp: Temporal.Instant.fromEpochMilliseconds(now).toString(),
    text,
    data: { ...facts, key, title: plainTitle, body: plainBody },
  });
}

async function sign(file: string | null, content: string): Promise<string | null> {
  if (file === null) return null;
  const text = (await readFile(file, "utf8")).trim();
  const secret = Buffer.from(text.replace(/^whsec_/, ""), "base64");
  if (secret.length < 16) throw new Error(`the signing secret in ${file} is shorter than 16 bytes`);
  return `v1,${createHmac("sha256", secret).update(content).digest("base64")}`;
}

function withoutCredentials(text: string): { url: URL; authorization: string | null } {
  const url = new URL(text);
  const { username, password } = url;
  if (username === "" && password === "") return { url, authorization: null };
  const pair = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  url.username = "";
  url.password = "";
  return { url, authorization: `Basic ${Buffer.from(pair).toString("base64")}` };
}
