/** How a verb ends, for scripts. docs/cli.md is made from it. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  held: 3,
  denied: 4,
  doubt: 5,
  interrupted: 130,
} as const;

export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: "done",
  failed: "it failed: the release stopped, was rolled back or aborted, or something is wrong",
  usage: "the words on the command line, the policy or the configuration are not right",
  held: "held: only people or the clock can move the release now",
  denied: "the person may not do this, or is not known",
  doubt: "in doubt: it is not known whether a step was done",
  interrupted: "ended by Ctrl-C; the release goes on with `holdpoint resume`",
};
