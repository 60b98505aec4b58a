import { execFile } from "node:child_process";
import { SECOND } from "#core/base/time.ts";

/** Where git runs, and what it may see of the machine. */
export interface GitPlace {
  readonly cwd: string;
  /** Where programs are looked for; the usual folders where it is left out. */
  readonly path?: string | undefined;
  /** The home folder, for the user's own git configuration; none is read where it is left out. */
  readonly home?: string | undefined;
}

export interface GitAsk {
  /** Milliseconds until git is ended; 30 s where it is left out. */
  readonly timeout?: number;
  /** The most bytes it may write; 64 MiB where it is left out. */
  readonly most?: number;
  readonly stdin?: string;
  /** How its output is read; UTF-8 where it is left out. */
  readonly encoding?: "utf8" | "latin1";
  readonly env?: Readonly<Record<string, string>>;
  /** Whether the user's own credential helpers may be asked, for remotes. */
  readonly credentials?: boolean;
}

export type GitRun =
  | { readonly end: "exited"; readonly code: number; readonly out: string; readonly err: string }
  /** There is no git to run. */
  | { readonly end: "not-started" };

const USUAL_PATH = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin";

/** Settings that no configuration may change: nothing else is started, nobody is asked, nothing is written aside. */
const SETTINGS = [
  "core.hooksPath=/dev/null",
  "core.fsmonitor=false",
  "core.splitIndex=false",
  "core.askPass=",
  "gc.auto=0",
  "maintenance.auto=false",
  "tag.gpgSign=false",
  "log.showSignature=false",
  "i18n.logOutputEncoding=UTF-8",
  "protocol.ext.allow=never",
  "submodule.recurse=false",
].flatMap((setting) => ["-c", setting]);

const ENVIRONMENT = {
  LC_ALL: "C",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_ATTR_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_NO_REPLACE_OBJECTS: "1",
  GIT_EDITOR: "false",
  // Into a pipe git writes each commit by itself, which costs both sides more than the commit does.
  GIT_FLUSH: "0",
  // Commits and tags that Holdpoint makes are Holdpoint's; who asked for them is in the journal.
  GIT_AUTHOR_NAME: "Holdpoint",
  GIT_AUTHOR_EMAIL: "holdpoint@localhost",
  GIT_COMMITTER_NAME: "Holdpoint",
  GIT_COMMITTER_EMAIL: "holdpoint@localhost",
};

/**
 * Runs git with fixed arguments, in an environment of its own, without a shell.
 * @throws {Error} when it does not end in time, writes too much or is killed: the world is lost for now.
 */
export function runGit(
  place: GitPlace,
  argv: readonly string[],
  ask: GitAsk = {},
): Promise<GitRun> {
  const { timeout = 30 * SECOND, most = 64 * 1024 * 1024, stdin, encoding = "utf8" } = ask;
  return new Promise((resolve, reject) => {
    const child = execFile(
      "git",
      argvOf(argv, ask),
      {
        cwd: place.cwd,
        env: { ...environmentOf(place), ...ask.env },
        encoding,
        timeout,
        killSignal: "SIGKILL",
        maxBuffer: most,
        windowsHide: true,
      },
      (fault, out, err) => {
        if (fault === null) resolve({ end: "exited", code: 0, out, err });
        else if (typeof fault.code === "number")
          resolve({ end: "exited", code: fault.code, out, err });
        else if (fault.code === "ENOENT") resolve({ end: "not-started" });
        else reject(new Error(sayLost(argv[0] ?? "", fault, { timeout, most })));
      },
    );
    // Git may end before it has read everything; its exit code says what came of it.
    child.stdin?.on("error", () => {});
    child.stdin?.end(stdin ?? "");
  });
}

/**
 * The output of a git that must succeed.
 * @throws {Error} with the first line of what git says, when it does not
 */
export async function gitOutput(
  place: GitPlace,
  argv: readonly string[],
  ask: GitAsk = {},
): Promise<string> {
  const run = await runGit(place, argv, ask);
  if (run.end === "exited" && run.code === 0) return run.out;
  throw new Error(`git ${argv[0]} failed: ${complaint(run)}`);
}

/** What git complains of: its first line, visible characters only. */
export function complaint(run: GitRun): string {
  if (run.end === "not-started") return "there is no git";
  const [line = ""] = run.err.split("\n");
  const plain = line.replace(/[^\x20-\x7e]/g, "?").slice(0, 300);
  return plain === "" ? `exit code ${run.code}` : plain;
}

/** The whole command line of git for what is asked. */
export function argvOf(
  argv: readonly string[],
  { credentials = false }: Pick<GitAsk, "credentials"> = {},
): string[] {
  const helpers = credentials ? [] : ["-c", "credential.helper="];
  return ["--no-pager", "--literal-pathspecs", ...SETTINGS, ...helpers, ...argv];
}

/** The whole environment that git sees. */
export function environmentOf(place: GitPlace): Record<string, string> {
  return { ...ENVIRONMENT, ...homeOf(place), PATH: place.path ?? USUAL_PATH };
}

function homeOf({ home }: GitPlace): Record<string, string> {
  return home === undefined ? { GIT_CONFIG_GLOBAL: "/dev/null" } : { HOME: home };
}

function sayLost(
  verb: string,
  fault: { code?: unknown; killed?: boolean; message: string },
  { timeout, most }: { timeout: number; most: number },
): string {
  if (fault.code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER")
    return `git ${verb} wrote more than ${most} bytes`;
  if (fault.killed === true) return `git ${verb} did not end within ${timeout / SECOND} s`;
  return `git ${verb} broke off: ${String(fault.code ?? fault.message).slice(0, 200)}`;
}
