import {
  type Call,
  type ClientFrame,
  chat,
  GLOBAL_CHANNEL,
  instance as instanceSubjects,
  isName,
  ok,
  type Party,
  party as parties,
  partyChannel,
  type Result,
  refuse,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { dungeonOf, type Hub } from "./hub.ts";
import type { Session } from "./session.ts";
import type { Watching } from "./watching.ts";

export type Frame<T extends ClientFrame["t"]> = Extract<ClientFrame, { t: T }>;
/** Frames of a session in being; `hello` comes before. */
export type SessionFrame = Exclude<ClientFrame, { t: "hello" }>;

/** `undefined`: nothing is answered. */
type Answer = Result<unknown> | undefined;
type Handlers = {
  [T in SessionFrame["t"]]: (session: Session, frame: Frame<T>) => Answer | Promise<Answer>;
};

/** What each frame of a client does: all there is, in one list. */
export const dispatcher = (bus: Bus, hub: Hub, watching: Watching): Handlers => {
  /** The manager's answer is the party as it now is; the client is told that before the `ok`. */
  const partyCall = async (
    session: Session,
    contract: (typeof parties)[Exclude<keyof typeof parties, "of" | "changed" | "vault">],
    rest: object,
  ): Promise<Answer> => {
    const ask = { player: session.identity.player, name: session.identity.name, ...rest };
    const answer: Result<Party | null> = (await bus.ask(
      contract as Call,
      {},
      ask,
    )) as Result<Party | null>;
    if (answer.ok) hub.setParty(session, answer.value);
    return answer;
  };
  return {
    ping: (session, { id }) => {
      session.send({ t: "pong", id });
      return undefined;
    },
    "party.create": (session) => partyCall(session, parties.create, {}),
    "party.join": (session, { code }) => partyCall(session, parties.join, { code }),
    "party.class": (session, frame) => partyCall(session, parties.class, { class: frame.class }),
    "party.legacy": (session, { ids }) => partyCall(session, parties.legacy, { ids }),
    "party.shared": (session, { ids }) => partyCall(session, parties.shared, { ids }),
    "party.give": (session, { ore }) => partyCall(session, parties.give, { id: ore }),
    "party.ready": (session, { ready }) => partyCall(session, parties.ready, { ready }),
    "party.delve": (session, { seed, game }) => partyCall(session, parties.delve, { seed, game }),
    "party.options": (session, { options }) => partyCall(session, parties.options, { options }),
    "party.watch": (session, { delayMs }) => partyCall(session, parties.watch, { delayMs }),
    "party.leave": (session) => partyCall(session, parties.leave, {}),
    "party.invite": (session, { name }) =>
      isName(name) ? partyCall(session, parties.invite, { whom: name }) : refuse("bad-name"),
    "party.kick": (session, { name }) => partyCall(session, parties.kick, { member: name }),
    chat: async (session, { channel, text }) => {
      const { player, name } = session.identity;
      if (channel === "party" && session.party === null) return refuse("not-in-party");
      const to =
        session.party === null || channel === "global"
          ? GLOBAL_CHANNEL
          : partyChannel(session.party.party);
      return bus.ask(chat.say, {}, { player, name, channel: to, text });
    },
    whisper: async (session, { to, text }) => {
      const { player, name } = session.identity;
      if (!isName(to)) return refuse("bad-name");
      return bus.ask(chat.whisper, {}, { player, name, to, text });
    },
    act: (session, { seq, act }) => takeCommand(bus, session, seq, act),
    watch: (session, { instance, party, atMs, follow }) =>
      dungeonOf(session.party) === undefined
        ? watching.open(session, { instance, party, atMs, follow })
        : refuse("already-delving", "You are in a dungeon yourself: watch when you are out of it."),
    "watch.set": (session, { atMs, speed, paused, follow }) =>
      watching.set(session, { atMs, speed, paused }, follow),
    "watch.stop": (session) => {
      if (session.watching === undefined) return refuse("not-watching");
      watching.stop(session);
      return undefined;
    },
    look: (session) => {
      if (session.scene === undefined) return refuse("not-delving");
      session.scene.show("asked");
      return undefined;
    },
  };
};

const takeCommand = (bus: Bus, session: Session, seq: number, act: Frame<"act">["act"]): Answer => {
  if (seq <= session.acted) return refuse("out-of-order");
  session.acted = seq;
  const at = session.party?.at;
  if (at?.phase === "recovering")
    return refuse("unavailable", "One moment: your dungeon is being taken up again.");
  if (at?.phase !== "delving") return refuse("not-delving");
  if (bus.state !== "up") return refuse("unavailable");
  const ids = { instance: at.instance, player: session.identity.player };
  bus.tell(instanceSubjects.command, ids, { session: session.id, seq, act });
  return undefined;
};

/** Answers one frame by the list. */
export const dispatch = async (
  handlers: Handlers,
  session: Session,
  frame: SessionFrame,
): Promise<Result<unknown>> => {
  const handler = handlers[frame.t] as (s: Session, f: SessionFrame) => Answer | Promise<Answer>;
  return (await handler(session, frame)) ?? ok(undefined);
};
