/** A bug to plant: `from`, which stands once in the file of the core, becomes `to`. */
export interface Mutation {
  /** What is wrong then. */
  readonly name: string;
  /** Below src/core. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}
