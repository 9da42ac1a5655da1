import {
  BoardRow,
  type BoardWish,
  Character,
  ErrorCode,
  Granted,
  Identity,
  PartyVault,
  type Refusal,
  ReplayHead,
  Vault,
  Watchable,
  WorldStats,
} from "@underlode/contracts";

/** Milliseconds an HTTP question may take; a login hashes a password, and may queue for it. */
export const HTTP_TIMEOUT_MS = 10_000;

/** What the server refused, or `unavailable` where it could not be reached or understood. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly code: ErrorCode;
  readonly reason: string;
  /** HTTP status; 0 where there was no answer. */
  readonly status: number;

  constructor(refusal: Refusal, status: number, cause?: unknown) {
    super(`${refusal.code}: ${refusal.reason}`, { cause });
    this.code = refusal.code;
    this.reason = refusal.reason;
    this.status = status;
  }
}

/** A single-use ticket and how long it is good for. */
export type Ticket = { ticket: string; expiresInMs: number };

/** Takes an answer apart; undefined where it has another form. */
type Read<T> = (json: unknown) => T | undefined;
type Schema<T> = { safeParse(json: unknown): { success: true; data: T } | { success: false } };

const by =
  <T>(schema: Schema<T>): Read<T> =>
  (json) => {
    const read = schema.safeParse(json);
    return read.success ? read.data : undefined;
  };
const isObject = (json: unknown): json is Record<string, unknown> =>
  typeof json === "object" && json !== null;
const asTicket: Read<Ticket> = (json) => {
  if (!isObject(json)) return undefined;
  const { ticket, expiresInMs } = json;
  if (typeof ticket !== "string" || typeof expiresInMs !== "number") return undefined;
  return { ticket, expiresInMs };
};
const asKept: Read<Identity> = (json) => by(Identity)(isObject(json) ? json.identity : undefined);
const asAnything: Read<{ json: unknown }> = (json) => ({ json });

/** Makes an account with its first character. */
export const register = (base: string, name: string, password: string): Promise<Granted> =>
  post(base, "register", by(Granted), { body: { name, password } });

export const login = (base: string, name: string, password: string): Promise<Granted> =>
  post(base, "auth", by(Granted), { body: { name, password } });

/** Makes a guest; the server draws a name where none is given or it is taken. */
export const guest = (base: string, name?: string): Promise<Granted> =>
  post(base, "guest", by(Granted), { body: name === undefined ? {} : { name } });

/** Turns a guest into a registered account; the token stays good. */
export const keep = (
  base: string,
  token: string,
  name: string,
  password: string,
): Promise<Identity> => post(base, "keep", asKept, { token, body: { name, password } });

/** A single-use ticket for the first frame of a socket. */
export const ticket = (base: string, token: string): Promise<Ticket> =>
  post(base, "ticket", asTicket, { token, body: {} });

/** Ends the token. */
export const logout = async (base: string, token: string): Promise<void> => {
  await post(base, "logout", asAnything, { token, body: {} });
};

export const me = (base: string, token: string): Promise<Character> =>
  question(base, "me", by(Character), { token });

/** The last runs that are over and can be shown: one's own with a token, else everybody's. */
export const replays = (base: string, token?: string): Promise<ReplayHead[]> =>
  token === undefined
    ? question(base, "replays", by(ReplayHead.array()), {})
    : question(base, "replays/mine", by(ReplayHead.array()), { token });

/** What one's character has for good: ore and badges. */
export const vault = (base: string, token: string): Promise<Vault> =>
  question(base, "vault", by(Vault), { token });

/** Throws ore of one's vault away, for good. */
export const dropOre = (base: string, token: string, id: number): Promise<Vault> =>
  post(base, "vault/drop", by(Vault), { token, body: { id } });

/** What lies in the vault of one's party. */
export const partyVault = (base: string, token: string): Promise<PartyVault> =>
  question(base, "vault/party", by(PartyVault), { token });

/** Takes ore back that one gave to a party's vault. */
export const takeBack = (base: string, token: string, id: number): Promise<Vault> =>
  post(base, "vault/back", by(Vault), { token, body: { id } });

/** The best runs of a board, up to 50. */
export const runsOn = (base: string, { board, ...wish }: BoardWish): Promise<BoardRow[]> => {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(wish))
    if (value !== undefined) query.set(key, String(value));
  return question(base, `boards/${board}?${query}`, by(BoardRow.array()), {});
};

/** Runs that go on and may be watched. */
export const watchable = (base: string): Promise<Watchable[]> =>
  question(base, "watchable", by(Watchable.array()), {});

export const worldStats = (base: string): Promise<WorldStats> =>
  question(base, "world-stats", by(WorldStats), {});

/** What the server says of itself; its form is not part of the contract. */
export const status = async (base: string): Promise<unknown> =>
  (await question(base, "status", asAnything, {})).json;

/** The HTTP address that belongs to a WebSocket address: ws://host:1/ws is http://host:1. */
export const httpOf = (wsUrl: string): string =>
  wsUrl.replace(/^ws/, "http").replace(/\/ws\/?$/, "");

type Extras = { token?: string; body?: object };

const post = <T>(base: string, path: string, read: Read<T>, extras: Extras) =>
  question(base, path, read, extras, "POST");

const question = async <T>(
  base: string,
  path: string,
  read: Read<T>,
  { token, body }: Extras,
  method = "GET",
): Promise<T> => {
  const url = `${base}/api/${path}`;
  const response = await reach(url, {
    method,
    headers: {
      ...(body && { "content-type": "application/json" }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
    },
    ...(body && { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(HTTP_TIMEOUT_MS),
  });
  const json: unknown = await response.json().catch(() => undefined);
  if (!response.ok) throw refusalOf(json, response.status, url);
  const answer = read(json);
  if (answer !== undefined) return answer;
  throw unavailable(`${url} gave an answer of an unknown form.`, response.status);
};

const reach = async (url: string, init: RequestInit): Promise<Response> => {
  try {
    return await fetch(url, init);
  } catch (cause) {
    throw unavailable(`${new URL(url).origin} cannot be reached.`, 0, cause);
  }
};

const refusalOf = (json: unknown, status: number, url: string): ApiError => {
  const error = isObject(json) ? json.error : undefined;
  if (!isObject(error) || typeof error.reason !== "string")
    return unavailable(`${url} answered ${status}.`, status);
  // A newer server may know codes that this client does not.
  const code = by(ErrorCode)(error.code) ?? "internal";
  return new ApiError({ code, reason: error.reason }, status);
};

const unavailable = (reason: string, status: number, cause?: unknown): ApiError =>
  new ApiError({ code: "unavailable", reason }, status, cause);
