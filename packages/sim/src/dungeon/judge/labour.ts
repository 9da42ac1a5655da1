import { toward } from "../../geometry.ts";
import type { LabourCommand } from "../commands/labour.ts";
import type { Judge } from "../judge.ts";
import { actorAt, cellOf, inside, levelOf } from "../reads.ts";
import type { Delver, Scene } from "../world.ts";

const NO_VEIN = "There is no ore vein there.";

export const labour: { [K in LabourCommand["do"]]: Judge<K> } = {
  survey(world, delver, { dir }) {
    const vein = veinToward(world, delver, dir);
    return vein === undefined ? NO_VEIN : { kind: "survey", actor: delver.id, vein };
  },
  mine(world, delver, { dir }) {
    const vein = veinToward(world, delver, dir);
    if (vein === undefined) return NO_VEIN;
    const { act } = delver;
    if (act?.is === "mining" && act.vein === vein) return "You are mining it already.";
    return { kind: "mine", actor: delver.id, vein };
  },
  revive(world, delver, { dir }) {
    const other = actorAt(world, levelOf(world, delver), toward(delver, dir));
    if (other?.is !== "delver") return "There is nobody there to lift.";
    if (other.condition.is !== "down") return `${other.name} does not need lifting.`;
    const { act } = delver;
    if (act?.is === "reviving" && act.target === other.id) return "You are lifting them already.";
    return { kind: "revive", actor: delver.id, target: other.id };
  },
};

function veinToward(world: Scene, delver: Delver, dir: number): number | undefined {
  const level = levelOf(world, delver);
  const point = toward(delver, dir);
  if (!inside(level, point)) return undefined;
  const cell = cellOf(level, point);
  return level.veins.has(cell) ? cell : undefined;
}
