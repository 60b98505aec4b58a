// What the control plane and `keep-service` say to each other. A kept service is a folder:
//   service.json  what is to run; written before the keeper is started
//   claims/       the keeper that looks after it
//   state.json    the process that runs now and its port; written by the keeper
//   stop          its being there tells a keeper to end the service, or not to begin
//   output.log    what the service prints, and output.1.log what it printed before
import type { Identity } from "./identity.ts";

export interface KeepConfig {
  readonly argv: readonly string[];
  readonly cwd: string;
  /** Milliseconds between the gentle end of the service and the hard one. */
  readonly drain: number;
}

/** Told on standard input: values of the environment are in no file. `PORT` is added to it. */
export interface KeepTold {
  readonly env: Readonly<Record<string, string>>;
}

export interface KeepState {
  /** Where the service listens; 0 before the first start. */
  readonly port: number;
  readonly child: Identity | null;
  /** How often it has been started. */
  readonly starts: number;
  /** How it ended the last time; null while it never did. */
  readonly last: string | null;
}

export const KEEP = {
  config: "service.json",
  claims: "claims",
  state: "state.json",
  stop: "stop",
  log: "output.log",
} as const;
