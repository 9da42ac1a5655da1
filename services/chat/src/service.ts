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
import { planted } from "@underlode/runtime";
import { z } from "zod";
import { makeTalkLimit } from "./talk-limit.ts";
import { readText } from "./text.ts";

/** Chat needs no settings beyond the common ones. */
export const ChatConfig = z.object({});

/** Of a planted fault. */
const STORED_LATE_MS = 500;

type Line = { player: PlayerId; name: string; text: string };

/**
 * Starts the service that judges all lines and stores those that pass; several copies share the calls.
 * Who reads them, and what was said before, the connection service takes from the store.
 */
export const start = async (
  { bus, metrics, onDrain }: Pick<Scope<unknown>, "bus" | "metrics" | "onDrain">,
  nowMs: () => number = Date.now,
): Promise<undefined> => {
  const limit = makeTalkLimit();
  metrics.declare("underlode_chat_said_total", "underlode_chat_refused_total");

  const hearings = [
    bus.serve(chat.say, {}, async (ask) => counted(await say(ask))),
    bus.serve(chat.whisper, {}, async (ask) => counted(await whisper(ask))),
  ];
  onDrain(async () => void (await Promise.all(hearings.map((h) => h.stop()))));

  const say = async (ask: Line & { channel: ChannelId }): Promise<Result<Said>> => {
    if (!isOpen(ask.channel)) return refuse("no-such-channel");
    const text = admit(ask);
    return text.ok ? publish(ask, text.value, ask.channel) : text;
  };

  const whisper = async (ask: Line & { to: string }): Promise<Result<Said>> => {
    const text = admit(ask);
    if (!text.ok) return text;
    if (!isName(ask.to)) return refuse("no-such-player");
    const found = await bus.ask(account.character, {}, { name: ask.to });
    if (!found.ok) return found.error.code === "not-found" ? refuse("no-such-player") : found;
    const { player, name } = found.value;
    const sent = await publish(ask, text.value, whisperChannel(player), name);
    if (player === ask.player || !sent.ok) return sent;
    return publish(ask, text.value, whisperChannel(ask.player), name);
  };

  /** The text as others may see it, or why not; what is refused counts towards the rate too. */
  const admit = ({ player, text }: Line): Result<string> =>
    limit.take(player, nowMs())
      ? readText(text)
      : refuse("rate-limited", "You talk too fast: wait a moment.");

  /** Stored before it is answered: a line that was taken outlives this copy. */
  const publish = async (
    from: Line,
    text: string,
    channel: ChannelId,
    to?: string,
  ): Promise<Result<Said>> => {
    const { player, name } = from;
    const said = { channel, from: name, player, text, at: nowMs(), ...(to && { to }) };
    if (planted("chat-ok-before-stored")) {
      setTimeout(() => void bus.append(chat.said, { channel }, said), STORED_LATE_MS);
      return ok(said);
    }
    const stored = await bus.append(chat.said, { channel }, said);
    return stored.ok ? ok(said) : refuse("unavailable");
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
