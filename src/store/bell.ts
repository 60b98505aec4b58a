/** Tells those who listen that something was appended. */
export interface Bell {
  ring(): void;
  /** Answers how to stop listening. */
  listen(listener: () => void): () => void;
  readonly heard: boolean;
}

export function bell(): Bell {
  const listeners = new Set<() => void>();
  return {
    ring() {
      for (const listener of listeners) listener();
    },
    listen(listener) {
      // A wrapper of its own, so that one function can listen twice and stop once.
      const entry = () => listener();
      listeners.add(entry);
      return () => listeners.delete(entry);
    },
    get heard() {
      return listeners.size > 0;
    },
  };
}
