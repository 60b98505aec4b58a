// `npm run console`: builds the web console into dist/console, which `holdpoint serve` serves. Tests, demo and set-up call
// it too; it builds only when something that goes into it has changed.
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import tailwind from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { build } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const out = join(root, "dist", "console");
const stamp = join(out, ".sources");

/** Builds the console when its sources are newer than what is there; answers the folder it lies in. */
export async function ensureConsole(): Promise<string> {
  const sources = digest();
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === sources) return out;
  process.stderr.write("Building the console (a few seconds) ...\n");
  await build({
    configFile: false,
    root: join(root, "web"),
    // Folders of the address may be any depth, and assets are named from the top.
    base: "/",
    logLevel: "warn",
    publicDir: false,
    plugins: [react(), tailwind()],
    build: {
      outDir: out,
      emptyOutDir: true,
      target: "es2022",
      // A style or an icon inside the page would be refused by the page's own security policy.
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
    },
  });
  writeFileSync(stamp, sources);
  return out;
}

function digest(): string {
  const hash = createHash("sha256");
  const files = [
    ...globSync("{web,src/core}/**/*", { cwd: root }),
    "package.json",
    "tools/console.ts",
  ];
  for (const file of files.filter((one) => /\.(?:tsx?|css|html|svg|json)$/.test(one)).sort()) {
    if (/\.(?:test|fake)\.ts$/.test(file)) continue;
    hash
      .update(file)
      .update("\0")
      .update(readFileSync(join(root, file)))
      .update("\0");
  }
  return hash.digest("hex");
}

if (import.meta.main) await ensureConsole();
