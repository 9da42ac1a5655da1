import {
  AUTH_PER_MINUTE_MAX,
  account,
  BOARD_NAMES,
  BoardWish,
  board,
  GUESTS_PER_MINUTE_MAX,
  type Identity,
  ok,
  party as parties,
  playback,
  type Result,
  records,
  refuse,
  TICKET_TTL_MS,
  VaultId,
  vault,
} from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { RateLimiterMemory } from "rate-limiter-flexible";
import { z } from "zod";
import type { Tickets } from "./tickets.ts";

export type Request = {
  readonly method: string;
  readonly path: string;
  /** What stands behind the `?`. */
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The bearer token, where there is one. */
  readonly token: string | undefined;
  readonly address: string;
};
type Route = (request: Request) => Promise<Result<unknown>>;

export type ApiParts = {
  readonly bus: Bus;
  readonly tickets: Tickets;
  readonly status: () => object;
};

const Login = z.strictObject({ name: z.string(), password: z.string() });
const OreWish = z.strictObject({ id: VaultId });
const GuestWish = z.strictObject({ name: z.string().optional() });

/** The HTTP routes, by method and path. */
export const apiRoutes = ({ bus, tickets, status }: ApiParts): Readonly<Record<string, Route>> => {
  const minute = (points: number) => new RateLimiterMemory({ points, duration: 60 });
  const auths = minute(AUTH_PER_MINUTE_MAX);
  const guests = minute(GUESTS_PER_MINUTE_MAX);

  const limited = async (limiter: RateLimiterMemory, request: Request, route: Route) => {
    const free = await limiter.consume(request.address).then(
      () => true,
      () => false,
    );
    return free
      ? route(request)
      : refuse("rate-limited", "Too many tries from this address in a minute.");
  };
  const asIdentity = async (request: Request): Promise<Result<Identity>> =>
    request.token === undefined
      ? refuse("unauthorised")
      : bus.ask(account.verify, {}, { token: request.token });

  return {
    "POST /api/register": (request) =>
      limited(auths, request, (r) => withBody(Login, r, (b) => bus.ask(account.register, {}, b))),
    "POST /api/auth": (request) =>
      limited(auths, request, (r) => withBody(Login, r, (b) => bus.ask(account.login, {}, b))),
    "POST /api/guest": (request) =>
      limited(guests, request, (r) => withBody(GuestWish, r, (b) => bus.ask(account.guest, {}, b))),
    "POST /api/keep": (request) =>
      limited(auths, request, (r) =>
        withBody(Login, r, async (body) => {
          if (r.token === undefined) return refuse("unauthorised");
          const kept = await bus.ask(account.keep, {}, { ...body, token: r.token });
          return kept.ok ? ok({ identity: kept.value }) : kept;
        }),
      ),
    "POST /api/ticket": async (request) => {
      const identity = await asIdentity(request);
      if (!identity.ok) return identity;
      return ok({ ticket: await tickets.grant(identity.value), expiresInMs: TICKET_TTL_MS });
    },
    "POST /api/logout": async ({ token }) =>
      token === undefined ? refuse("unauthorised") : bus.ask(account.revoke, {}, { token }),
    "GET /api/me": async (request) => {
      const identity = await asIdentity(request);
      if (!identity.ok) return identity;
      return bus.ask(account.character, {}, { player: identity.value.player });
    },
    "GET /api/replays": () => bus.ask(records.replays, {}, {}),
    "GET /api/replays/mine": async (request) => {
      const identity = await asIdentity(request);
      if (!identity.ok) return identity;
      return bus.ask(records.replays, {}, { player: identity.value.player });
    },
    "GET /api/vault": async (request) => {
      const identity = await asIdentity(request);
      if (!identity.ok) return identity;
      return bus.ask(vault.of, {}, { player: identity.value.player });
    },
    "GET /api/vault/party": async (request) => {
      const identity = await asIdentity(request);
      if (!identity.ok) return identity;
      return bus.ask(parties.vault, {}, { player: identity.value.player });
    },
    "POST /api/vault/back": async (request) => {
      const identity = await asIdentity(request);
      if (!identity.ok) return identity;
      const { player } = identity.value;
      return withBody(OreWish, request, ({ id }) => bus.ask(vault.takeBack, {}, { player, id }));
    },
    "POST /api/vault/drop": async (request) => {
      const identity = await asIdentity(request);
      if (!identity.ok) return identity;
      const { player } = identity.value;
      return withBody(OreWish, request, ({ id }) => bus.ask(vault.drop, {}, { player, id }));
    },
    ...Object.fromEntries(
      BOARD_NAMES.map((name) => [
        `GET /api/boards/${name}`,
        ({ query }: Request) => boardOf(bus, { ...query, board: name }),
      ]),
    ),
    "GET /api/watchable": () => bus.ask(playback.watchable, {}, {}),
    "GET /api/world-stats": () => bus.ask(account.stats, {}, {}),
    "GET /api/status": async () => ok(status()),
  };
};

/** A question behind a `?` is text; the size is a number. */
const Size = z.preprocess((text) => text && Number(text), BoardWish.shape.size);
const BoardQuery = BoardWish.extend({ size: Size });

const boardOf = async (bus: Bus, query: object): Promise<Result<unknown>> => {
  const wish = BoardQuery.safeParse(query);
  if (wish.success) return bus.ask(board.list, {}, wish.data);
  const issue = wish.error.issues[0];
  return refuse("malformed", `${issue?.path.join(".")}: ${issue?.message}`);
};

const withBody = async <S extends z.ZodType>(
  schema: S,
  request: Request,
  route: (body: z.infer<S>) => Promise<Result<unknown>>,
): Promise<Result<unknown>> => {
  const body = schema.safeParse(request.body);
  if (body.success) return route(body.data);
  const issue = body.error.issues[0];
  return refuse("malformed", `${issue?.path.join(".") || "body"}: ${issue?.message}`);
};
