interface Waiting<Item, Answer> {
  readonly item: Item;
  readonly resolve: (answer: Answer) => void;
  readonly reject: (reason: unknown) => void;
}

/** Takes one item at a time; `idle` resolves when nothing is under way. */
export interface Shared<Item, Answer> {
  (item: Item): Promise<Answer>;
  idle(): Promise<void>;
}

/**
 * Group commit: items that arrive while a batch is under way wait and then share the next one, in the order they came.
 * One sync of the disk thus serves everyone who waits for it. `perform` answers in the order of its items; when it
 * throws, every item of that batch is rejected with the same reason.
 */
export function share<Item, Answer>(
  perform: (items: readonly Item[]) => Promise<readonly Answer[]>,
  most: number,
): Shared<Item, Answer> {
  let waiting: Waiting<Item, Answer>[] = [];
  let running: Promise<void> | null = null;

  async function drain(): Promise<void> {
    while (waiting.length > 0) {
      // Whoever is about to ask in this turn of the event loop may still come along.
      await new Promise((resume) => setImmediate(resume));
      const batch = waiting.slice(0, most);
      waiting = waiting.slice(most);
      await settle(batch, perform);
    }
    running = null;
  }

  const enqueue = (item: Item): Promise<Answer> =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      running ??= drain();
    });
  return Object.assign(enqueue, { idle: () => running ?? Promise.resolve() });
}

async function settle<Item, Answer>(
  batch: readonly Waiting<Item, Answer>[],
  perform: (items: readonly Item[]) => Promise<readonly Answer[]>,
): Promise<void> {
  try {
    const answers = await perform(batch.map(({ item }) => item));
    for (const [index, { resolve }] of batch.entries()) resolve(answers[index] as Answer);
  } catch (reason) {
    for (const { reject } of batch) reject(reason);
  }
}
