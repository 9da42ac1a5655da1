// Compares what was done and seen with what is left in the end. Every rule is here or in a file beside this one, and
// knows only the record.
import { checkChat } from "./check-chat.ts";
import { checkCommands } from "./check-commands.ts";
import { checkFacts } from "./check-facts.ts";
import { checkParties } from "./check-parties.ts";
import { checkSight, type TruthOf } from "./check-sight.ts";
import type { RunRecord } from "./record.ts";

/** `lost`: told as done, and not there. `takenBack`: shown, and not so any more. */
export const VIOLATIONS = ["lost", "duplicated", "phantom", "takenBack", "stuck"] as const;
export type ViolationKind = (typeof VIOLATIONS)[number];

export interface Violation {
  kind: ViolationKind;
  words: string;
  atMs?: number;
}

/** All that is wrong; an empty list is what the system promises. */
export const check = (record: RunRecord, truthOf: TruthOf): Violation[] => [
  ...checkCommands(record),
  ...checkChat(record),
  ...checkParties(record),
  ...checkFacts(record),
  ...checkSight(record, truthOf),
  ...stuck(record),
];

const stuck = ({ players }: RunRecord): Violation[] =>
  players.flatMap(({ name, stuck: words }) =>
    words === undefined ? [] : [{ kind: "stuck", words: `${name}: ${words}` }],
  );
