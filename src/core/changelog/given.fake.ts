// For tests: changes from messages, newest first.
import { type Change, type CommitRecord, standing } from "../versioning/reverts.ts";

export function commitsOf(...messages: string[]): CommitRecord[] {
  return messages.map((message, at) => ({
    id: `${at}abcdef0${"0".repeat(32)}`,
    parents: ["f".repeat(40)],
    author: "dev@example.test",
    message,
  }));
}

export function changesOf(...messages: string[]): readonly Change[] {
  return standing(commitsOf(...messages));
}
