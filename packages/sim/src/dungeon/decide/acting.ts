import type { Turn } from "../turn.ts";
import type { Delver } from "../world.ts";
import { finishCraft } from "./crafting.ts";
import { finishReviving, goOnMining } from "./labour.ts";
import { finishReading } from "./reading.ts";
import { finishRepair } from "./smithing.ts";

/** What is due of a long act at this tick: its end, or the noise of mining. */
export function continueAct(turn: Turn, delver: Delver): void {
  const { act } = delver;
  if (act?.is === "mining") goOnMining(turn, delver, act);
  if (act?.is === "reviving") finishReviving(turn, delver, act.target);
  if (act?.is === "crafting") finishCraft(turn, delver, act.order);
  if (act?.is === "repairing") finishRepair(turn, delver, act.item, act.kit);
  if (act?.is === "reading") finishReading(turn, delver, act.item, act.on);
}
