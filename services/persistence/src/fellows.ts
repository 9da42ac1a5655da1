import { createHash } from "node:crypto";
import type { PlayerId } from "@underlode/contracts";

/** The vault of exactly these characters, whoever of them leads, for good. */
export const partyVaultId = (players: readonly PlayerId[]): string =>
  `party-${createHash("sha256").update(joined(players)).digest("hex").slice(0, ID_CHARS)}`;

const ID_CHARS = 32;

/** Without doubles and in one order; ids hold no commas. */
export const joined = (players: readonly PlayerId[]): string =>
  [...new Set(players)].sort().join(",");
