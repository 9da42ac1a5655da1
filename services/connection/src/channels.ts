import { CHAT_HISTORY_MAX, type ChannelId, type Said } from "@underlode/contracts";

/** Channels whose lines stay in memory although nobody catches up on them. */
export const CHANNELS_CACHED_MAX = 500;

/** A line with its number in the stream of all lines. */
export type Line = { readonly mark: number; readonly said: Said };

export type Channel = {
  readonly id: ChannelId;
  /** The last ones, in order; without those before the first read until `filled`. */
  lines: readonly Line[];
  readonly filled: Promise<void>;
  /** How many hold it; it is not forgotten meanwhile. */
  holders: number;
};

/** The last lines of channels, read once from the store and then kept by following it. */
export class Channels {
  private readonly read: (id: ChannelId) => Promise<readonly Line[]>;
  private readonly known = new Map<ChannelId, Channel>();

  constructor(read: (id: ChannelId) => Promise<readonly Line[]>) {
    this.read = read;
  }

  /** Until `release`, the channel is kept up to date; `filled` rejects where it cannot be read. */
  hold(id: ChannelId): Channel {
    const channel = this.known.get(id) ?? this.begin(id);
    // The last one used is the last one to be forgotten.
    this.known.delete(id);
    this.known.set(id, channel);
    channel.holders += 1;
    return channel;
  }

  release(channel: Channel): void {
    channel.holders -= 1;
    for (const [id, { holders }] of this.known) {
      if (this.known.size <= CHANNELS_CACHED_MAX) return;
      if (holders === 0) this.known.delete(id);
    }
  }

  /** A line that was followed. */
  add(id: ChannelId, line: Line): void {
    const channel = this.known.get(id);
    if (channel !== undefined) channel.lines = joined(channel.lines, [line]);
  }

  private begin(id: ChannelId): Channel {
    const fill = async (): Promise<void> => {
      try {
        const stored = await this.read(id);
        // What was followed meanwhile is mostly part of it.
        channel.lines = joined(stored, channel.lines);
      } catch (fault) {
        if (this.known.get(id) === channel) this.known.delete(id);
        throw fault;
      }
    };
    const filled = Promise.resolve().then(fill);
    // Whoever holds it hears of a failure.
    filled.catch(() => {});
    const channel: Channel = { id, lines: [], filled, holders: 0 };
    return channel;
  }
}

/** Lines and those after them; of what is in both, one. */
const joined = (lines: readonly Line[], more: readonly Line[]): readonly Line[] => {
  const last = lines.at(-1)?.mark ?? 0;
  return [...lines, ...more.filter(({ mark }) => mark > last)].slice(-CHAT_HISTORY_MAX);
};
