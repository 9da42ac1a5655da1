import { account, mail, ok, type Party, type Result, refuse } from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { type Who, whyNoRoom } from "./party-rules.ts";

/**
 * Tells a player by name that a party would have them, with its code; they read it whenever they
 * come. Asked again within two minutes it is the same word.
 */
export const invite = async (
  bus: Pick<Bus, "ask" | "append">,
  party: Party,
  { name }: Who,
  wanted: string,
): Promise<Result<Party>> => {
  const closed = whyNoRoom(party);
  if (closed !== undefined) return refuse(closed);
  const found = await bus.ask(account.character, {}, { name: wanted });
  if (!found.ok) return found.error.code === "not-found" ? refuse("no-such-player") : found;
  const { player } = found.value;
  if (party.members.some((m) => m.player === player))
    return refuse("already-in-party", `${found.value.name} is in the party already.`);
  const text = `${name} would have you in their party: join it (j) by the code ${party.code}.`;
  const word = { kind: "notice", text, tone: "info" } as const;
  const id = `${party.party}-invite-${player}`;
  const told = await bus.append(mail.told, { player }, word, { id });
  return told.ok ? ok(party) : refuse("unavailable");
};
