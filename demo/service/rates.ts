/** Yearly interest in per cent for a loan over so many years. */
export function rateFor(years: number): number {
  return years <= 15 ? 5.1 : 6.2;
}
