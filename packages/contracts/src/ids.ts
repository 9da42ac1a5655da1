import { z } from "zod";

/**
 * An id is one token of a subject: lower-case letters, digits, `-` and `_`, at most 40 characters.
 * Never `*`, `>`, `.` or empty, so that no id can become a wildcard.
 */
export const TOKEN = /^[a-z0-9_-]{1,40}$/;
const token = () => z.string().regex(TOKEN, "not an id");

export const AccountId = token().brand<"account">();
export const PlayerId = token().brand<"player">();
export const SessionId = token().brand<"session">();
export const PartyId = token().brand<"party">();
export const InstanceId = token().brand<"instance">();
export const HostId = token().brand<"host">();
/** `global`, `party-{party}` or `whisper-{player}`. */
export const ChannelId = token().brand<"channel">();
/** One showing of a run, to those who watch it. */
export const PlaybackId = token().brand<"playback">();
export const FactKind = token().brand<"fact">();

export type AccountId = z.infer<typeof AccountId>;
export type PlayerId = z.infer<typeof PlayerId>;
export type SessionId = z.infer<typeof SessionId>;
export type PartyId = z.infer<typeof PartyId>;
export type InstanceId = z.infer<typeof InstanceId>;
export type HostId = z.infer<typeof HostId>;
export type ChannelId = z.infer<typeof ChannelId>;
export type PlaybackId = z.infer<typeof PlaybackId>;
export type FactKind = z.infer<typeof FactKind>;

/** Placeholders that a subject may have, each with its id. */
export const placeholders = {
  account: AccountId,
  player: PlayerId,
  session: SessionId,
  party: PartyId,
  instance: InstanceId,
  host: HostId,
  channel: ChannelId,
  kind: FactKind,
  playback: PlaybackId,
} as const;
export type Placeholders = { [K in keyof typeof placeholders]: z.infer<(typeof placeholders)[K]> };

export const GLOBAL_CHANNEL = ChannelId.parse("global");
export const partyChannel = (party: PartyId): ChannelId => ChannelId.parse(`party-${party}`);
export const whisperChannel = (player: PlayerId): ChannelId => ChannelId.parse(`whisper-${player}`);
