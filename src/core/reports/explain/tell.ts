// Who is told what, at which moment.
import { formatDuration } from "../../base/time.ts";
import { listed } from "../../base/words.ts";
import { type Block, type Section, template, text } from "./page.ts";
import type { Told } from "./told.ts";

type Policy = Told["policy"];

export function tellSection({ policy }: Told): Section {
  return {
    title: "Who is told what",
    blocks: [moments(policy), notices(policy), alerts(policy), channels(policy)],
  };
}

/** By moment, in the order of a release's life as the policy writes it. */
function moments(policy: Policy): Block {
  const byMoment = Map.groupBy(policy.tell, ({ on }) => on);
  const rows = [...byMoment].map(([moment, told]) => [
    moment,
    text(told.map(({ channel }) => channel).join(", ")),
    [...new Set(told.map(({ message }) => titleOf(policy, message)))].join("<br>"),
  ]);
  const steps = Object.entries(policy.phases).flatMap(([phase, { steps: all }]) =>
    all.flatMap(({ announce }) =>
      announce === undefined
        ? []
        : [[text(`step of ${phase}`), text(announce.channel), titleOf(policy, announce.message)]],
    ),
  );
  return { head: ["when", "channels", "what"], rows: [...rows, ...steps] };
}

function titleOf({ messages }: Policy, name: string): string {
  return template(messages[name]?.title ?? name);
}

function notices(policy: Policy): Block {
  const rows = Object.entries(policy.gates).flatMap(([name, { notice }]) =>
    notice === undefined
      ? []
      : [
          [
            `**${text(name)}**`,
            text(notice.channel),
            formatDuration(notice.before),
            titleOf(policy, notice.message),
          ],
        ],
  );
  return { head: ["notice", "channel", "at least so long before", "what"], rows };
}

function alerts(policy: Policy): Block {
  const rows = Object.entries(policy.alerts).flatMap(([severity, alert]) =>
    alert === undefined
      ? []
      : [[severity, text(listed(alert.channels)), titleOf(policy, alert.message)]],
  );
  return { head: ["alert", "channels", "what"], rows };
}

/** What each channel is; addresses stand in the policy alone. */
function channels({ channels: all }: Policy): Block {
  const rows = Object.entries(all).map(([name, channel]) => {
    const { file, webhook } = channel;
    const what =
      file !== undefined
        ? `the file ${file.path}`
        : webhook !== undefined
          ? "a webhook"
          : "the terminal";
    return [`**${text(name)}**`, text(what)];
  });
  return { head: ["channel", "is"], rows };
}
