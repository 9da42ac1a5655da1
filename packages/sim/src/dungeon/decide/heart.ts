import { isUp } from "../reads.ts";
import type { Turn } from "../turn.ts";
import type { Delver, Scene } from "../world.ts";
import { ask, type Settle } from "./asking.ts";
import { storePurest } from "./smithing.ts";
import { hasten } from "./wanderers.ts";

/** Id of the thing that the last boss guards. */
export const HEARTLODE = "heartlode";
const OPTIONS = ["Claim the victory", "Carry it up to floor 1"] as const;

/** R-END-1: whoever takes the Heartlode first has won, and says what becomes of it. */
export function takenHeart(turn: Turn, delver: Delver, kind: string): void {
  const { world } = turn;
  if (kind !== HEARTLODE || world.heart !== undefined) return;
  turn.tell({ kind: "heartTaken", actor: delver.id });
  const text =
    "The Heartlode is yours. Claim the victory, or carry it up, hunted, for a greater one?";
  const { heartMs } = world.book.content.rules;
  const asked = [delver.id];
  ask(turn, { about: { is: "heart" }, text, options: [...OPTIONS], asked }, heartMs);
}

/** Without an answer the victory is claimed. */
export const settleHeart: Settle<"heart"> = (turn, prompt) => {
  const [taker = 0] = prompt.asked;
  turn.tell({ kind: "promptEnded", prompt: prompt.id });
  if (prompt.answers[taker] !== 1) return win(turn);
  turn.tell({ kind: "heartCarried", actor: taker });
  hasten(turn);
};

/** Who carries the Heartlode now; undefined while it lies somewhere. */
export function bearerOf(world: Scene): Delver | undefined {
  return [...world.delvers.values()].find((one) => one.pack.some(({ kind }) => kind === HEARTLODE));
}

/** R-END-2: through the gate of floor 1 with the Heartlode: the greater victory. */
export function refuseGate(world: Scene, delver: Delver): string | undefined {
  if (world.heart === undefined) return "The gate above has shut behind you.";
  return isUp(delver) && bearerOf(world)?.id === delver.id
    ? undefined
    : "The gate opens to the Heartlode alone.";
}

function win(turn: Turn): void {
  if (turn.world.end !== undefined) return;
  for (const delver of turn.world.delvers.values()) storePurest(turn, delver, "victory");
  turn.tell({ kind: "runEnded", outcome: "victory" });
}

export function passGate(turn: Turn, actor: number): void {
  turn.tell({ kind: "heartHome", actor });
  win(turn);
}
