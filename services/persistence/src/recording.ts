import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants } from "node:zlib";
import {
  inOrder,
  pack,
  ReplayStep,
  type RunStart,
  stepOf,
  type TickMessage,
  unpack,
} from "@underlode/contracts";
import { z } from "zod";

/** What remains of a journal: no pictures, since playing the inputs again makes the same ones. */
export type Recording = {
  readonly start: RunStart;
  readonly steps: readonly ReplayStep[];
  /** Whether the journal holds the run's end. */
  readonly ended: boolean;
};

/** Undefined where the journal's beginning is gone. */
export const recordingOf = (messages: readonly TickMessage[]): Recording | undefined => {
  let start: RunStart | undefined;
  let ended = false;
  const steps: ReplayStep[] = [];
  for (const message of inOrder(messages)) {
    if (message.kind === "claim") start ??= message.start;
    else {
      steps.push(stepOf(message));
      ended ||= message.end !== undefined;
    }
  }
  return start && { start, steps, ended };
};

/** Bytes of the steps of one page before compression: an answer is one message of NATS. */
export const PAGE_BYTES_MAX = 256_000;
/** A page that says more of itself is not one of ours. */
const INFLATED_BYTES_MAX = PAGE_BYTES_MAX * 2;
const QUALITY = 6;
const options = { params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY } };
const compress = promisify(brotliCompress);
const decompress = promisify(brotliDecompress);

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
  return Promise.all(pages.map((page) => compress(pack(page), options)));
};

export const stepsOf = async (bytes: Uint8Array): Promise<ReplayStep[]> => {
  const packed = await decompress(bytes, { maxOutputLength: INFLATED_BYTES_MAX });
  return z.array(ReplayStep).parse(unpack(packed));
};
