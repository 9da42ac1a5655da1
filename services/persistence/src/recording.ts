import {
  inOrder,
  type JournalPosition,
  pack,
  ReplayStep,
  type RunStart,
  stepOf,
  type TickMessage,
} from "@underlode/contracts";
import { z } from "zod";
import { packed, unpacked } from "./packed.ts";

/** What remains of a journal: no pictures, since playing the inputs again makes the same ones. */
export type Recording = {
  readonly start: RunStart;
  readonly steps: readonly ReplayStep[];
  /** Whether the journal holds the run's end. */
  readonly ended: boolean;
  /** How far it goes. */
  readonly at: JournalPosition;
};

/** The beginning of a recording, which the journal need not have any more. */
export type Recorded = Pick<Recording, "start" | "steps" | "at">;

/** Undefined where the beginning is neither recorded nor in the journal. */
export const recordingOf = (
  messages: readonly TickMessage[],
  recorded?: Recorded,
): Recording | undefined => {
  let start = recorded?.start;
  let at = recorded?.at ?? { epoch: 0, n: 0 };
  let ended = false;
  const steps = [...(recorded?.steps ?? [])];
  for (const message of inOrder(messages, at)) {
    at = { epoch: message.epoch, n: message.n };
    if (message.kind === "claim") start ??= message.start;
    else {
      steps.push(stepOf(message));
      ended ||= message.end !== undefined;
    }
  }
  return start && { start, steps, ended, at };
};

/** Bytes of the steps of one page before compression: an answer is one message of NATS. */
export const PAGE_BYTES_MAX = 256_000;
/** A page that says more of itself is not one of ours. */
const INFLATED_BYTES_MAX = PAGE_BYTES_MAX * 2;

/** Steps as pages, each compressed by itself, so that one can be read without the others. */
export const pagesOf = (steps: readonly ReplayStep[]): Promise<Buffer[]> => {
  const pages: ReplayStep[][] = [];
  let room = 0;
  for (const step of steps) {
    const bytes = pack(step).length;
    if (bytes > room) {
      pages.push([]);
      room = PAGE_BYTES_MAX;
    }
    pages.at(-1)?.push(step);
    room -= bytes;
  }
  return Promise.all(pages.map((page) => packed(page)));
};

export const stepsOf = async (bytes: Uint8Array): Promise<ReplayStep[]> =>
  z.array(ReplayStep).parse(await unpacked(bytes, INFLATED_BYTES_MAX));
