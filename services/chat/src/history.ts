import { CHAT_HISTORY_MAX, type ChannelId, type Said } from "@underlode/contracts";
import { LruMap } from "./lru-map.ts";

/** Channels whose last lines are in memory; of others they are read again when asked for. */
export const CHANNELS_CACHED_MAX = 500;

/** The last lines of channels, read from the store when first asked for and kept by hearing. */
export type History = {
  of(channel: ChannelId): Promise<Said[]>;
  add(said: Said): void;
  /** Drops everything; the store knows. */
  forget(): void;
};

type Cached = {
  lines: Said[];
  /** Set until the stored lines have been read; what is heard meanwhile is in `lines`. */
  reading: Promise<void> | undefined;
};

export const makeHistory = (
  read: (channel: ChannelId) => Promise<readonly { readonly body: Said }[]>,
): History => {
  const channels = new LruMap<ChannelId, Cached>(CHANNELS_CACHED_MAX);

  const open = (channel: ChannelId): Cached => {
    const cached: Cached = { lines: [], reading: undefined };
    const fill = async (): Promise<void> => {
      try {
        const stored = (await read(channel)).map((s) => s.body);
        cached.lines = lastOf([
          ...stored,
          ...cached.lines.filter((line) => !stored.some(isSame(line))),
        ]);
        cached.reading = undefined;
      } catch (fault) {
        channels.delete(channel);
        throw fault;
      }
    };
    cached.reading = fill();
    channels.set(channel, cached);
    return cached;
  };

  return {
    of: async (channel) => {
      const cached = channels.get(channel) ?? open(channel);
      await cached.reading;
      return [...cached.lines];
    },
    add: (said) => {
      const cached = channels.peek(said.channel);
      // What was read from the store may still be on its way here.
      if (cached === undefined || cached.lines.some(isSame(said))) return;
      cached.lines = lastOf([...cached.lines, said]);
    },
    forget: () => channels.clear(),
  };
};

const lastOf = (lines: Said[]): Said[] => lines.slice(-CHAT_HISTORY_MAX);

/** A line is known by who said it, when and what. */
const isSame =
  (a: Said) =>
  (b: Said): boolean =>
    a.at === b.at && a.player === b.player && a.text === b.text;
