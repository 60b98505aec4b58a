// docs/errors.md and docs/api.md, made from the tables of problems and routes.
import { PROBLEMS, problemKind } from "./problems.ts";
import { OPERATIONS, route } from "./routes.ts";

/** Every code that Holdpoint says no with, as Markdown; each has an anchor for the `type` of a problem document. */
export function errorsPage(): string {
  const rows = Object.entries(PROBLEMS)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([code, { title, exit, status, remedy }]) => {
      const anchor = `<a id="${code}"></a>\`${code}\``;
      return `| ${anchor} | ${title} | ${status} | ${exit} | ${remedy} |`;
    });
  return [
    "# What can be refused or go wrong",
    "",
    "Each code with its sentence, the status of the API's answer, the exit code of the CLI, and what to do. An occurrence",
    "says more: which release, which gate, who. Made from `src/api/problems.ts`.",
    "",
    "| code | sentence | status | exit | remedy |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
  ].join("\n");
}

/** The routes of the API, as Markdown; their shapes are in the OpenAPI document. */
export function apiPage(): string {
  const rows = OPERATIONS.map((id) => {
    const { method, path, permission, summary, problems } = route(id);
    const codes = problems.map((code) => `[${code}](errors.md#${code})`).join(", ");
    return `| \`${method.toUpperCase()} ${path}\` | \`${id}\` | ${permission} | ${summary} | ${codes} |`;
  });
  const common = ["key-missing", "key-reused", "bad-media-type", "too-large", "too-deep"] as const;
  return [
    "# The HTTP API",
    "",
    "The shapes are in the OpenAPI document that every server gives at `/api/openapi.json`. Moments are milliseconds since",
    "1970-01-01T00:00Z, durations milliseconds, shares basis points.",
    "",
    "- **Who asks** is known by `authorization: Bearer TOKEN` (`holdpoint token add`), or by the cookie into which the console's",
    "  own pages put one. People act only as themselves.",
    "- **Every act** carries an `Idempotency-Key`: the same request under the same key is done once, another is refused.",
    "- **`If-Match`** with the `ETag` of a release lets an act through only while nothing has happened since.",
    "- **Problems** are `application/problem+json` (RFC 9457) with `code`, `remedy` and all `problems`; codes are in",
    "  [errors.md](errors.md).",
    "- **Limits**: bodies of `application/json` up to 256 KiB and 32 levels; pages up to 1000; 200 streams.",
    "",
    "| route | operation | permission | what | may be refused with |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    "",
    `Any act may also be refused with ${common.map((code) => `\`${code}\` (${problemKind(code).status})`).join(", ")}.`,
    "",
  ].join("\n");
}
