import {
  type InstanceId,
  type InstanceView,
  instance as instances,
  type JournalPosition,
  journal,
  type PlaybackId,
  playback as playbacks,
  type TickMessage,
} from "@underlode/contracts";
import type { Bus, Hearing } from "@underlode/runtime";

/** Where a feed has its messages from, and the whole behind them. */
export type FeedSource = {
  /** Its name in the log. */
  readonly of: string;
  hear(take: (message: TickMessage) => void): Hearing;
  /** The newest message that is stored, where messages are. */
  newest(): Promise<JournalPosition | undefined>;
  /** Undefined where nobody answers, or nobody whose word counts. */
  view(): Promise<InstanceView | undefined>;
};

/**
 * A run that goes on. An owner that was frozen while it was replaced may answer as well: whose word
 * counts, the journal says.
 */
export const runSource = (bus: Bus, instance: InstanceId): FeedSource => {
  const newest = async () => (await bus.last(journal.tick, { instance }))?.body;
  return {
    of: instance,
    hear: (take) => bus.hear(journal.tick, { instance }, take),
    newest,
    view: async () => {
      try {
        const { epoch = 0 } = (await newest()) ?? {};
        const view = await bus.ask(instances.view, { instance }, {});
        return view.ok && view.value.epoch >= epoch ? view.value : undefined;
      } catch {
        return undefined;
      }
    },
  };
};

/** A run that is shown to those who watch. */
export const playbackSource = (bus: Bus, playback: PlaybackId): FeedSource => ({
  of: playback,
  hear: (take) => bus.hear(playbacks.tick, { playback }, take),
  newest: async () => undefined,
  view: async () => {
    const view = await bus.ask(playbacks.view, { playback }, {});
    return view.ok ? view.value : undefined;
  },
});
