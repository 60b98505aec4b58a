/** Secrets shorter than this are left alone: hiding every `a` would hide the text and tell the secret. */
const SHORTEST = 4;

/** Replaces every secret in a text, as it stands and as URLs and JSON write it, by `[hidden]`. */
export function redact(text: string, secrets: readonly string[]): string {
  return spellings(secrets).reduce((left, secret) => left.replaceAll(secret, "[hidden]"), text);
}

/** All the ways in which secrets are looked for, the longest first, so that none is hidden only in part. */
export function spellings(secrets: readonly string[]): string[] {
  const all = secrets
    .flatMap((secret) => [secret, ...secret.split(/\r?\n/)])
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret.toWellFormed()),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString("base64"),
    ])
    .filter((spelling) => spelling.length >= SHORTEST);
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}
