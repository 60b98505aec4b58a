// `node tools/github-openapi.ts FILE`: cuts the operations that the forge uses out of GitHub's official OpenAPI description
// (MIT licensed; `generated/api.github.com.json` of the npm package @octokit/openapi) and writes schema/github.json, by
// which the tests judge what is sent and what the fake answers. The whole description has 13 MB, this needs 40 kB of it.
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const OPERATIONS = [
  ["/repos/{owner}/{repo}/releases", "get"],
  ["/repos/{owner}/{repo}/releases", "post"],
  ["/repos/{owner}/{repo}/releases/tags/{tag}", "get"],
  ["/repos/{owner}/{repo}/releases/{release_id}", "patch"],
  ["/repos/{owner}/{repo}/releases/{release_id}", "delete"],
  ["/repos/{owner}/{repo}/releases/{release_id}/assets", "get"],
  ["/repos/{owner}/{repo}/releases/{release_id}/assets", "post"],
  ["/repos/{owner}/{repo}/releases/assets/{asset_id}", "delete"],
] as const;

/** What is kept of a schema as it stands. */
const KEPT = ["type", "format", "default", "additionalProperties"];

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

const [, , file] = process.argv;
if (file === undefined) {
  process.stderr.write("Name the file api.github.com.json of @octokit/openapi.\n");
  process.exit(2);
}
const description = JSON.parse(readFileSync(file, "utf8"));

const operations = Object.fromEntries(
  OPERATIONS.map(([path, method]) => [`${method.toUpperCase()} ${path}`, operation(path, method)]),
);
const source = `GitHub REST API, OpenAPI description of @octokit/openapi ${description.info.version} (MIT)`;
const target = fileURLToPath(new URL("../schema/github.json", import.meta.url));
writeFileSync(target, `${JSON.stringify({ source, operations }, null, 1)}\n`);

function operation(path: string, method: string): Json {
  const said = description.paths[path][method];
  const query = (said.parameters ?? [])
    .map(resolved)
    .filter((parameter: { in: string }) => parameter.in === "query")
    .map(
      ({ name, required = false, schema }: { name: string; required?: boolean; schema: Json }) => ({
        ...{ name, required },
        schema: cut(schema),
      }),
    );
  const content = said.requestBody?.content ?? {};
  const answers = Object.entries<{ content?: { "application/json"?: { schema: Json } } }>(
    said.responses,
  )
    .map(([status, answer]) => [status, resolved(answer)] as const)
    .map(([status, answer]) => [status, cut(answer.content?.["application/json"]?.schema ?? null)]);
  return {
    query,
    types: Object.keys(content),
    body: cut(content["application/json"]?.schema ?? null),
    answers: Object.fromEntries(answers),
  };
}

// biome-ignore lint/suspicious/noExplicitAny: the description is foreign JSON, walked by name
function resolved(value: any): any {
  if (value?.$ref === undefined) return value;
  return value.$ref
    .slice(2)
    .split("/")
    .reduce((at: Record<string, unknown>, key: string) => at[key], description);
}

/** A schema of OpenAPI 3.0 as JSON Schema, references put in place, words for people left out. */
// biome-ignore lint/suspicious/noExplicitAny: as above
function cut(schema: any): any {
  const of = resolved(schema);
  if (of === null || typeof of !== "object") return of;
  const kept = Object.fromEntries(
    KEPT.filter((key) => of[key] !== undefined && typeof of[key] !== "object").map((key) => [
      key,
      of[key],
    ]),
  );
  const parts = {
    ...kept,
    ...(of.enum && { enum: of.enum }),
    ...(of.required && { required: of.required }),
    ...(of.items && { items: cut(of.items) }),
    ...(of.properties && {
      properties: Object.fromEntries(
        Object.entries(of.properties).map(([key, value]) => [key, cut(value)]),
      ),
    }),
    ...Object.fromEntries(
      ["allOf", "anyOf", "oneOf"].filter((key) => of[key]).map((key) => [key, of[key].map(cut)]),
    ),
  };
  return of.nullable ? { anyOf: [parts, { type: "null" }] } : parts;
}
