// `npm run build`: bundles the program into dist/program, from where it starts a third faster than from its sources
// (docs/decisions/0021-the-program-is-bundled.md). Every npm script sees to it; without it the sources run as they are.
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { build, type Plugin, type Rollup } from "vite";
import { builtProgram, PROGRAM } from "./built.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const program = join(root, PROGRAM);
/** A process that started from an earlier build loads more of it later. */
const KEPT = 3;

/** Builds the program where it is not there, or not as its sources are now. */
export async function ensureProgram(): Promise<void> {
  if (builtProgram() !== null) return;
  process.stderr.write("Building the program (a few seconds) ...\n");
  const name = createHash("sha256")
    .update(`${Date.now()} ${process.pid}`)
    .digest("hex")
    .slice(0, 16);
  const out = join(program, name);
  const sources = await bundle(out);
  // The record comes last, and at once: nobody ever starts from half a build.
  const record = join(out, "built.json");
  writeFileSync(record, JSON.stringify({ entry: `${name}/main.mjs`, sources }));
  renameSync(record, join(program, "built.json"));
  forget();
}

/** @returns the files that went into it, as they were before: path from the root, time of the last change in ms, bytes */
async function bundle(out: string): Promise<readonly [string, number, number][]> {
  mkdirSync(out, { recursive: true });
  const seen = new Map<string, [string, number, number]>();
  await build({
    configFile: false,
    root,
    logLevel: "warn",
    publicDir: false,
    plugins: [whereItLay(out, seen), takenFromNode()],
    ssr: { noExternal: true, external: ["pg-native"] },
    build: {
      ssr: "src/cli/main.ts",
      outDir: out,
      emptyOutDir: false,
      target: "node26",
      minify: false,
      rolldownOptions: {
        output: { entryFileNames: "main.mjs", chunkFileNames: "[name]-[hash].mjs" },
      },
    },
  });
  return [...seen.values()];
}

/** Modules find files and programs beside themselves: bundled, each still knows where its source lies. */
function whereItLay(out: string, seen: Map<string, [string, number, number]>): Plugin {
  return {
    name: "where-it-lay",
    enforce: "pre",
    transform(code: string, id: string): Rollup.TransformResult {
      const file = relative(root, id);
      if (!file.startsWith("src")) return null;
      const { mtimeMs, size } = statSync(id);
      seen.set(file, [file, mtimeMs, size]);
      if (!code.includes("import.meta.url")) return null;
      // From there to here, so that the whole folder may be moved.
      const from = `new URL(${JSON.stringify(relative(out, id))}, import.meta.url).href`;
      return { code: code.replaceAll("import.meta.url", from), map: null };
    },
  };
}

/**
 * Node's own modules are taken as they are. An `import` of one first asks for everything it offers, and so loads what Node
 * keeps for later: streams behind `node:fs`, threads behind `node:process`; 9 ms of the 60 that `--help` took.
 */
function takenFromNode(): Plugin {
  return {
    name: "taken-from-node",
    renderChunk: (code: string) => ({
      code: code.replace(STATIC_IMPORT, (_line, names: string, from: string) => {
        const taken = names.replace(/^\* as /, "").replaceAll(" as ", ": ");
        return `const ${taken} = globalThis.process.getBuiltinModule("${from}");`;
      }),
      map: null,
    }),
  };
}

/** As bundles have them, a line each: `import fs from`, `import { join as join$1, sep } from`, `import * as os from`. */
const STATIC_IMPORT = /^import ([\w$]+|\{[^}]+\}|\* as [\w$]+) from "(node:[\w/]+)";$/gm;

/** Removes all builds but the latest. */
function forget(): void {
  const builds = readdirSync(program, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ path: join(program, name), at: statSync(join(program, name)).mtimeMs }))
    .sort((one, other) => other.at - one.at);
  for (const { path } of builds.slice(KEPT)) rmSync(path, { recursive: true, force: true });
}

if (import.meta.main) await ensureProgram();
