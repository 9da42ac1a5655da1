import type { OddMinds } from "../../../content/minds/oddities.ts";
import type { Mind } from "../mind.ts";
import { closeIn } from "./closing.ts";

/** A mimic seen through fights like any beast. */
export const oddities: { [K in keyof OddMinds]: Mind<K> } = { mimic: closeIn };
