export const PROGRAM: string;
export function builtProgram(root?: string): string | null;
