// Where Prometheus' own program lies. The tests start throw-away servers of it; nothing here touches a running one, and
// nothing is installed on the machine: Debian's package is unpacked into a folder of this checkout.
import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdirSync, rmSync } from "node:fs";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";

const cache = fileURLToPath(new URL("../node_modules/.cache/prometheus", import.meta.url));
const REMEDY =
  "Install Prometheus 2 or newer (Debian, Ubuntu: apt-get install prometheus; macOS: brew install prometheus), then try again.";

/**
 * The path of `prometheus`. On Debian it takes the package with `apt-get download`, which needs no root, and unpacks it with
 * `dpkg --extract` into node_modules/.cache: installing it would start a service.
 * @throws {Error} with a remedy where there is none and none can be had.
 */
export function ensurePrometheus(): string {
  const found = prometheusProgram();
  if (found !== null) return found;
  if (existsSync("/etc/debian_version")) unpackOnDebian();
  const unpacked = prometheusProgram();
  if (unpacked !== null) return unpacked;
  throw new Error(`The tests need Prometheus, and this machine has none. ${REMEDY}`);
}

function prometheusProgram(): string | null {
  const folders = [...(process.env["PATH"] ?? "").split(delimiter), join(cache, "usr/bin")];
  const programs = folders.map((folder) => join(folder, "prometheus"));
  return programs.find((program) => existsSync(program) && runs(program)) ?? null;
}

function runs(program: string): boolean {
  const { status, stdout, stderr } = spawnSync(program, ["--version"], { encoding: "utf8" });
  return status === 0 && /prometheus, version [23]\./.test(`${stdout}${stderr}`);
}

function unpackOnDebian(): void {
  process.stderr.write(
    "The tests need Prometheus and this machine has none: taking Debian's package prometheus with apt-get download ...\n",
  );
  mkdirSync(cache, { recursive: true });
  const take = () =>
    spawnSync("apt-get", ["--quiet=2", "download", "prometheus"], {
      cwd: cache,
      stdio: ["ignore", 2, 2],
    }).status === 0;
  if (!take() && process.getuid?.() === 0) {
    spawnSync("apt-get", ["--quiet=2", "update"], { stdio: ["ignore", 2, 2] });
    take();
  }
  for (const file of globSync("prometheus_*.deb", { cwd: cache })) {
    spawnSync("dpkg", ["--extract", join(cache, file), cache], { stdio: ["ignore", 2, 2] });
    rmSync(join(cache, file));
  }
}
