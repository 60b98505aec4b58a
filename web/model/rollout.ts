/** A share in basis points, for people: `5 %`, `0.12 %`. */
export function percent(basisPoints: number): string {
  return `${Number((basisPoints / 100).toFixed(2))} %`;
}
