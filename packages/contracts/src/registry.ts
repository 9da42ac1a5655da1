import { z } from "zod";
import { Character, Granted, Identity, WorldStats } from "./account.ts";
import { ChannelId, InstanceId, PlayerId, SessionId } from "./ids.ts";
import { WATCH_DELAY_MS_MAX } from "./limits.ts";
import { Order } from "./orders.ts";
import { ClassName, Party, PartyOptions, RunEnd } from "./party.ts";
import { PlaybackAsk, PlaybackOpened, PlaybackState, PlaybackWish, Watchable } from "./playback.ts";
import { FactPage, LedgerAudit, ReplayHead, ReplayPage, SavedRun } from "./records.ts";
import { call, event } from "./subject.ts";
import { FactBody, InstanceView, Snapshot, StampedAct, TickMessage } from "./tick.ts";
import {
  BoardRow,
  BoardWish,
  PartyVault,
  Replayed,
  Vault,
  VaultChoice,
  VaultFellows,
  VaultId,
  Withdrawal,
} from "./vault.ts";

const Nothing = z.object({});
const Who = z.object({ player: PlayerId, name: z.string() });

export const instance = {
  command: event("instance.{instance}.command.{player}", {
    body: StampedAct,
    delivery: "lossy",
    from: ["connection"],
    to: ["game-instance"],
    about: "A player's command; queued, applied at the next tick.",
  }),
  presence: event("instance.{instance}.presence.{player}", {
    body: z.object({
      presence: z.enum(["online", "away", "left"]),
      /** The party's version as of which it is so: an older word is void. */
      version: z.number().int().optional(),
    }),
    delivery: "latest",
    from: ["connection", "instance-manager"],
    to: ["game-instance"],
    about: "A member's client came, went, or the member left the party.",
  }),
  view: call("instance.{instance}.view", {
    ask: Nothing,
    answer: InstanceView,
    timeoutMs: 2_000,
    from: ["connection", "instance-manager"],
    to: ["game-instance"],
    about: "The whole of what the party sees, as of one tick message.",
  }),
  health: call("instance.{instance}.health", {
    ask: z.object({ host: z.string() }),
    answer: z.object({ pid: z.number().int(), epoch: z.number().int(), tick: z.number().int() }),
    timeoutMs: 1_000,
    from: ["instance-manager"],
    to: ["game-instance"],
    about: "Whether an instance's process still answers; tells it that a manager watches over it.",
  }),
  order: call("instance.{instance}.order", {
    ask: Order,
    answer: Nothing,
    timeoutMs: 1_000,
    from: ["instance-manager"],
    to: ["game-instance"],
    about: "An order to an instance that another process of the manager had started.",
  }),
  metrics: event("instance.{instance}.metrics", {
    body: z.object({ host: z.string(), counters: z.record(z.string(), z.number()) }),
    delivery: "lossy",
    from: ["game-instance"],
    to: ["instance-manager"],
    about: "Counters of an instance since its start; the manager exposes their sum.",
  }),
} as const;

export const journal = {
  tick: event("tick.{instance}", {
    body: TickMessage,
    delivery: "kept",
    from: ["game-instance"],
    to: ["connection", "instance-manager"],
    about: "Journal and picture in one: what was done in a tick and what changed in sight.",
  }),
  snapshot: event("snapshot.{instance}", {
    body: Snapshot,
    delivery: "kept",
    from: ["game-instance"],
    to: ["game-instance"],
    about: "The world whole, told behind all facts that came before it; the newest is stored.",
  }),
  save: event("save.{instance}", {
    body: Snapshot,
    delivery: "kept",
    from: ["game-instance"],
    to: ["persistence", "game-instance"],
    about: "A run that comes to rest, whole; told behind all else of it, copied into the database.",
  }),
  fact: event("fact.{kind}.{instance}", {
    body: FactBody,
    delivery: "kept",
    from: ["game-instance"],
    to: ["persistence"],
    about: "What must not be lost; applied once by its key.",
  }),
} as const;

const partyCall = <const P extends string, S extends z.core.$ZodLooseShape>(
  pattern: P,
  shape: S,
  about: string,
) =>
  call(pattern, {
    ask: z.object({ ...Who.shape, ...shape }),
    answer: Party.nullable(),
    timeoutMs: 5_000,
    from: ["connection"],
    to: ["instance-manager"],
    about,
  });

export const party = {
  create: partyCall("party.create", {}, "Makes a party with the asker as its leader."),
  join: partyCall("party.join", { code: z.string() }, "Joins by invite code."),
  class: partyCall("party.class", { class: ClassName }, "Chooses a class."),
  legacy: partyCall(
    "party.legacy",
    { ids: VaultChoice },
    "Chooses what to take along from the own vault into the next run.",
  ),
  shared: partyCall(
    "party.shared",
    { ids: VaultChoice },
    "Chooses what to take along from the party's vault into the next run.",
  ),
  give: partyCall("party.give", { id: VaultId }, "Gives ore of the own vault to the party's."),
  vault: call("party.vault", {
    ask: z.object({ player: PlayerId }),
    answer: PartyVault,
    timeoutMs: 5_000,
    from: ["connection"],
    to: ["instance-manager"],
    about: "What lies in the vault of the asker's party.",
  }),
  ready: partyCall("party.ready", { ready: z.boolean() }, "Says whether the member is ready."),
  delve: partyCall(
    "party.delve",
    { seed: z.number().int().optional(), game: z.string().optional() },
    "Starts the dungeon; the leader's call.",
  ),
  leave: partyCall("party.leave", {}, "Leaves; leadership passes on."),
  watch: partyCall(
    "party.watch",
    { delayMs: z.number().int().min(0).max(WATCH_DELAY_MS_MAX).nullable() },
    "Sets how much behind those are who watch, or that nobody may; the leader's call.",
  ),
  options: partyCall(
    "party.options",
    { options: PartyOptions.partial() },
    "Sets how the next run is to be, as far as told; the leader's call, before the delve.",
  ),
  invite: partyCall(
    "party.invite",
    { whom: z.string() },
    "Tells a player by name that the party would have them, with its code.",
  ),
  kick: partyCall("party.kick", { member: z.string() }, "Removes a member; the leader's call."),
  of: partyCall(
    "party.of",
    { online: z.boolean() },
    "The asker's party, and that they are online or not.",
  ),
  changed: event("party.{party}.changed", {
    body: z.object({ party: Party, gone: z.array(PlayerId) }),
    delivery: "latest",
    from: ["instance-manager"],
    to: ["connection", "game-instance"],
    about: "The party as it now is, and who is no longer in it.",
  }),
} as const;

/** What a player is told; each is shown once, whenever the player is there. */
export const Mail = z.discriminatedUnion("kind", [
  /** Words about the state of things, e.g. that their dungeon crashed. */
  z.object({ kind: z.literal("notice"), text: z.string(), tone: z.enum(["info", "warning"]) }),
  /** Their party's run is over. */
  z.object({ kind: z.literal("end"), end: RunEnd }),
  /** A fact is committed to the database. */
  z.object({ kind: z.literal("saved"), what: z.string() }),
]);
export type Mail = z.infer<typeof Mail>;

export const mail = {
  told: event("mail.{player}", {
    body: Mail,
    delivery: "kept",
    from: ["instance-manager", "persistence"],
    to: ["connection"],
    about: "What a player must not miss; the last 200 of each are stored.",
  }),
} as const;

export const Said = z.object({
  channel: ChannelId,
  from: z.string(),
  player: PlayerId,
  to: z.string().optional(),
  text: z.string(),
  at: z.number(),
});
export type Said = z.infer<typeof Said>;

export const chat = {
  said: event("chat.{channel}.said", {
    body: Said,
    delivery: "kept",
    from: ["chat"],
    to: ["connection"],
    about: "A line on a channel; the last 100 of each are stored.",
  }),
  say: call("chat.say", {
    ask: z.object({ ...Who.shape, channel: ChannelId, text: z.string() }),
    answer: Said,
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["chat"],
    about: "Says a line on a channel that the connection service knows the player to be in.",
  }),
  whisper: call("chat.whisper", {
    ask: z.object({ ...Who.shape, to: z.string(), text: z.string() }),
    answer: Said,
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["chat"],
    about: "Says a line to one player by name; both see it.",
  }),
} as const;

const Login = z.object({ name: z.string(), password: z.string() });

export const account = {
  register: call("account.register", {
    ask: Login,
    answer: Granted,
    timeoutMs: 5_000,
    from: ["connection"],
    to: ["persistence"],
    about: "Makes an account with its first character.",
  }),
  login: call("account.login", {
    ask: Login,
    answer: Granted,
    timeoutMs: 5_000,
    from: ["connection"],
    to: ["persistence"],
    about: "Checks name and password and grants a token.",
  }),
  guest: call("account.guest", {
    ask: z.object({ name: z.string().optional() }),
    answer: Granted,
    timeoutMs: 5_000,
    from: ["connection"],
    to: ["persistence"],
    about:
      "Makes an account without a password; a name is drawn where none is given or it is taken.",
  }),
  keep: call("account.keep", {
    ask: Login.extend({ token: z.string() }),
    answer: Identity,
    timeoutMs: 5_000,
    from: ["connection"],
    to: ["persistence"],
    about: "Turns the guest of a token into a registered account; everything is kept.",
  }),
  verify: call("account.verify", {
    ask: z.object({ token: z.string() }),
    answer: Identity,
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["persistence"],
    about: "Who a token speaks for.",
  }),
  revoke: call("account.revoke", {
    ask: z.object({ token: z.string() }),
    answer: Nothing,
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["persistence"],
    about: "Ends a token.",
  }),
  character: call("account.character", {
    ask: z.object({ player: PlayerId.optional(), name: z.string().optional() }),
    answer: Character,
    timeoutMs: 2_000,
    from: ["connection", "chat", "instance-manager"],
    to: ["persistence"],
    about: "A character by id or by name, with what it has done.",
  }),
  stats: call("account.stats", {
    ask: Nothing,
    answer: WorldStats,
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["persistence"],
    about: "Counts over all characters and runs.",
  }),
} as const;

export const records = {
  audit: call("ledger.audit", {
    ask: Nothing,
    answer: LedgerAudit,
    timeoutMs: 5_000,
    from: ["launcher"],
    to: ["persistence"],
    about: "Adds up all books.",
  }),
  facts: call("facts.of", {
    ask: z.object({ instance: InstanceId, after: z.string().optional() }),
    answer: FactPage,
    timeoutMs: 5_000,
    from: ["launcher"],
    to: ["persistence"],
    about: "The committed facts of an instance, up to 200 at a time.",
  }),
  replays: call("replay.list", {
    ask: z.object({ player: PlayerId.optional() }),
    answer: z.array(ReplayHead),
    timeoutMs: 2_000,
    from: ["connection", "launcher"],
    to: ["persistence"],
    about: "The last 20 finished runs that can be played back, of one player or of all.",
  }),
  replay: call("replay.get", {
    ask: z.object({ instance: InstanceId, page: z.number().int().min(0) }),
    answer: ReplayPage,
    timeoutMs: 5_000,
    from: ["connection", "game-instance", "launcher"],
    to: ["persistence"],
    about: "A page of how a run was started and what was put into it.",
  }),
  save: call("saves.of", {
    ask: z.object({ instance: InstanceId }),
    answer: SavedRun,
    timeoutMs: 5_000,
    from: ["game-instance"],
    to: ["persistence"],
    about: "What the database holds of a run that came to rest, to be taken up again.",
  }),
} as const;

export const vault = {
  of: call("vault.of", {
    ask: z.object({ player: PlayerId }),
    answer: Vault,
    timeoutMs: 2_000,
    from: ["connection", "instance-manager"],
    to: ["persistence"],
    about: "The ore and the badges of a character.",
  }),
  drop: call("vault.drop", {
    ask: z.object({ player: PlayerId, id: VaultId }),
    answer: Vault,
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["persistence"],
    about: "Throws ore of a vault away, for good.",
  }),
  withdraw: call("vault.withdraw", {
    ask: z.object({
      instance: InstanceId,
      members: z.array(
        z.object({ player: PlayerId, ids: VaultChoice, shared: VaultChoice.optional() }),
      ),
    }),
    answer: Withdrawal,
    timeoutMs: 3_000,
    from: ["instance-manager"],
    to: ["persistence"],
    about: "Takes ore of the members for a run that is to start, all or none; once for each run.",
  }),
  ofParty: call("vault.party", {
    ask: z.object({ players: VaultFellows }),
    answer: PartyVault,
    timeoutMs: 2_000,
    from: ["instance-manager"],
    to: ["persistence"],
    about: "The ore that exactly these characters share.",
  }),
  give: call("vault.give", {
    ask: z.object({ player: PlayerId, id: VaultId, players: VaultFellows }),
    answer: PartyVault,
    timeoutMs: 2_000,
    from: ["instance-manager"],
    to: ["persistence"],
    about: "Moves ore from a member's vault into the one that all of them share.",
  }),
  takeBack: call("vault.back", {
    ask: z.object({ player: PlayerId, id: VaultId }),
    answer: Vault,
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["persistence"],
    about: "Moves ore that a player gave to a party's vault back into their own.",
  }),
  restore: call("vault.restore", {
    ask: z.object({ instance: InstanceId }),
    answer: z.object({ restored: z.boolean() }),
    timeoutMs: 3_000,
    from: ["instance-manager"],
    to: ["persistence"],
    about: "Gives back what was taken for a run that has not begun; nothing is taken for it later.",
  }),
} as const;

export const board = {
  list: call("board.list", {
    ask: BoardWish,
    answer: z.array(BoardRow),
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["persistence"],
    about: "The best confirmed runs, up to 50.",
  }),
  confirm: call("replay.confirm", {
    ask: z.object({ instance: InstanceId }),
    answer: Nothing,
    timeoutMs: 10_000,
    from: ["persistence"],
    to: ["instance-manager"],
    about: "Has a process play a run again that is over.",
  }),
  replayed: call("replay.played", {
    ask: z.object({ instance: InstanceId, replayed: Replayed }),
    answer: Nothing,
    timeoutMs: 5_000,
    from: ["game-instance"],
    to: ["persistence"],
    about: "What came of playing a run again; the same as what is stored confirms it.",
  }),
} as const;

export const session = {
  replaced: event("session.{player}.replaced", {
    /** The session that goes on, and the copy of the service that has it. */
    body: z.object({ session: SessionId, copy: z.string() }),
    delivery: "lossy",
    from: ["connection"],
    to: ["connection"],
    about: "A newer session of the character began; older ones end.",
  }),
} as const;

export const manager = {
  beat: event("manager.{host}.beat", {
    body: z.object({ instances: z.array(InstanceId), room: z.number().int() }),
    delivery: "lossy",
    from: ["instance-manager"],
    to: ["connection", "instance-manager"],
    about: "A host is alive, what it runs and how many more it would take.",
  }),
} as const;

export const playback = {
  watchable: call("playback.watchable", {
    ask: Nothing,
    answer: z.array(Watchable),
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["instance-manager"],
    about: "Up to 20 runs that go on and may be watched.",
  }),
  open: call("playback.open", {
    ask: PlaybackAsk,
    answer: PlaybackOpened,
    timeoutMs: 5_000,
    from: ["connection"],
    to: ["instance-manager"],
    about: "Has a process show a run; one that goes on is shown by one process to all.",
  }),
  control: call("playback.{playback}.control", {
    ask: PlaybackWish,
    answer: PlaybackState,
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["game-instance"],
    about: "Changes what is shown. A showing that nobody asks for 20 s ends.",
  }),
  view: call("playback.{playback}.view", {
    ask: Nothing,
    answer: InstanceView,
    timeoutMs: 2_000,
    from: ["connection"],
    to: ["game-instance"],
    about: "The whole of what a showing shows, as of one of its messages.",
  }),
  tick: event("playback.{playback}.tick", {
    body: TickMessage,
    delivery: "lossy",
    from: ["game-instance"],
    to: ["connection"],
    about: "What changed in a showing. A jump in it is a new epoch: the view is asked for again.",
  }),
  state: event("playback.{playback}.state", {
    body: PlaybackState,
    delivery: "lossy",
    from: ["game-instance"],
    to: ["connection"],
    about: "Where a showing stands, on every change and once a second.",
  }),
} as const;

/** All that may be said between services; docs/subjects.md is made from it. */
export const registry = {
  instance,
  journal,
  party,
  mail,
  chat,
  account,
  records,
  vault,
  board,
  session,
  manager,
  playback,
} as const;
