import { NAMED } from "@underlode/sim";
import { type Check, idsIn } from "./check.ts";

/** That there is what the rules themselves speak of by id. */
export const named: Check = (files, wrong) => {
  for (const [file, ids] of [
    ["effects", NAMED.effects],
    ["substances", NAMED.substances],
    ["relics", NAMED.relics],
  ] as const) {
    const known = idsIn(files, [file]);
    for (const id of ids) {
      if (!known.has(id)) wrong(file, "", `the rules need "${id}", which is not there`);
    }
  }
  for (const kind of NAMED.fixtures) {
    if (!files.fixtures.some((one) => one.kind === kind)) {
      wrong("fixtures", "", `the rules need a ${kind}, and there is none`);
    }
  }
};
