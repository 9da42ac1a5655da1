import { z } from "zod";
import { AccountId, PlayerId } from "./ids.ts";
import {
  NAME_CHARS_MAX,
  NAME_CHARS_MIN,
  PASSWORD_CHARS_MAX,
  PASSWORD_CHARS_MIN,
} from "./limits.ts";

/** Names of characters: seen by everybody, unique without regard to case. */
export const NAME = new RegExp(
  `^[A-Za-z][A-Za-z0-9_-]{${NAME_CHARS_MIN - 1},${NAME_CHARS_MAX - 1}}$`,
);
export const isName = (text: string): boolean => NAME.test(text);
export const isPassword = (text: string): boolean =>
  text.length >= PASSWORD_CHARS_MIN && text.length <= PASSWORD_CHARS_MAX;

/** Who a token or ticket speaks for. */
export const Identity = z.object({
  account: AccountId,
  player: PlayerId,
  name: z.string(),
  guest: z.boolean(),
});
export type Identity = z.infer<typeof Identity>;

export const Character = z.object({
  player: PlayerId,
  name: z.string(),
  guest: z.boolean(),
  runs: z.number().int(),
  victories: z.number().int(),
  deaths: z.number().int(),
  deepestFloor: z.number().int(),
  oreBanked: z.number().int(),
});
export type Character = z.infer<typeof Character>;

/** A token is shown once, to its owner; only its hash is stored. */
export const Granted = z.object({ token: z.string(), identity: Identity });
export type Granted = z.infer<typeof Granted>;

export const WorldStats = z.object({
  characters: z.number().int(),
  runs: z.number().int(),
  victories: z.number().int(),
  deaths: z.number().int(),
  deepestFloor: z.number().int(),
});
export type WorldStats = z.infer<typeof WorldStats>;
