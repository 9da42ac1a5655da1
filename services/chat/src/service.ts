import { randomUUID } from "node:crypto";
import {
  account,
  type ChannelId,
  chat,
  GLOBAL_CHANNEL,
  isName,
  ok,
  type PlayerId,
  type Result,
  refuse,
  type Said,
  whisperChannel,
} from "@underlode/contracts";
import type { Scope } from "@underlode/runtime";
import { z } from "zod";
import { makeHistory } from "./history.ts";
import { makeTalkLimit } from "./talk-limit.ts";
import { readText } from "./text.ts";

/** Chat needs no settings beyond the common ones. */
export const ChatConfig = z.object({});

type Line = { player: PlayerId; name: string; text: string };

/** Starts the service that all lines go through; several copies share the calls. */
export const start = async (
  { bus, metrics, onDrain }: Pick<Scope<unknown>, "bus" | "metrics" | "onDrain">,
  nowMs: () => number = Date.now,
): Promise<undefined> => {
  const history = makeHistory((channel) => bus.read(chat.said, { channel }));
  const limit = makeTalkLimit();
  let lastAt = 0;
  metrics.declare("underlode_chat_said_total", "underlode_chat_refused_total");

  const hearings = [
    bus.hear(chat.said, {}, (said) => history.add(said)),
    bus.serve(chat.history, {}, async ({ channel }) => ok(await history.of(channel))),
    bus.serve(chat.say, {}, async (ask) => counted(say(ask))),
    bus.serve(chat.whisper, {}, async (ask) => counted(await whisper(ask))),
  ];
  // While the bus was down, lines passed that this copy did not hear.
  bus.onState((state) => state === "up" && history.forget());
  onDrain(async () => void (await Promise.all(hearings.map((h) => h.stop()))));

  const say = (ask: Line & { channel: ChannelId }): Result<Said> => {
    if (!isOpen(ask.channel)) return refuse("no-such-channel");
    const text = admit(ask);
    return text.ok ? ok(publish(ask, text.value, ask.channel)) : text;
  };

  const whisper = async (ask: Line & { to: string }): Promise<Result<Said>> => {
    const text = admit(ask);
    if (!text.ok) return text;
    if (!isName(ask.to)) return refuse("no-such-player");
    const found = await bus.ask(account.character, {}, { name: ask.to });
    if (!found.ok) return found.error.code === "not-found" ? refuse("no-such-player") : found;
    const { player, name } = found.value;
    if (player !== ask.player) publish(ask, text.value, whisperChannel(player), name);
    return ok(publish(ask, text.value, whisperChannel(ask.player), name));
  };

  /** The text as others may see it, or why not; what is refused counts towards the rate too. */
  const admit = ({ player, text }: Line): Result<string> =>
    limit.take(player, nowMs())
      ? readText(text)
      : refuse("rate-limited", "You talk too fast: wait a moment.");

  const publish = (from: Line, text: string, channel: ChannelId, to?: string): Said => {
    const { player, name } = from;
    // Two lines of one moment must not look like one line heard twice.
    lastAt = Math.max(nowMs(), lastAt + 1);
    const said = { channel, from: name, player, text, at: lastAt, ...(to && { to }) };
    bus.tell(chat.said, { channel }, said, { id: randomUUID() });
    return said;
  };

  const counted = (result: Result<Said>): Result<Said> => {
    if (result.ok)
      metrics.add("underlode_chat_said_total", { channel: kindOf(result.value.channel) });
    else metrics.add("underlode_chat_refused_total", { code: result.error.code });
    return result;
  };
};

const kindOf = (channel: ChannelId): string => channel.split("-")[0] ?? channel;

/** Whether a line can be said on it: whispers have a call of their own. */
const isOpen = (channel: ChannelId): boolean =>
  channel === GLOBAL_CHANNEL || channel.startsWith("party-");
