// Counters of many series, kept as totals that only rise: what each series rose by since it was read last is added.
//
//   a series that fell was started anew:      all that it shows now is new
//   a series that was not there before is new: all that it shows is new
//   the first reading of all only says where counting begins
//   a series that is gone keeps what it had counted

/** One series of an answer: its labels as one text, and its value. */
export interface SeriesValue {
  readonly series: string;
  readonly value: number;
}

/** One counter over all its series. */
export class Accumulator {
  readonly #last = new Map<string, number>();
  #total = 0;
  #begun: boolean;

  /** @param begun whether counting has begun already, so that all of the first reading is new */
  constructor(begun = false) {
    this.#begun = begun;
  }

  get total(): number {
    return this.#total;
  }

  /** The total after one more reading. Values that are no numbers from 0 up are passed over. */
  add(values: readonly SeriesValue[]): number {
    for (const { series, value } of values) {
      if (!Number.isFinite(value) || value < 0) continue;
      const before = this.#last.get(series);
      if (before === undefined) this.#total += this.#begun ? value : 0;
      else this.#total += value >= before ? value - before : value;
      this.#last.set(series, value);
    }
    this.#begun = true;
    return this.#total;
  }
}
