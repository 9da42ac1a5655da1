import {
  AccountId,
  type Granted,
  type Identity,
  isName,
  isPassword,
  ok,
  PlayerId,
  type Result,
  refuse,
  TOKEN_TTL_MS,
} from "@underlode/contracts";
import { type Database, isTaken } from "./database.ts";
import type { Hasher } from "./hasher.ts";
import { drawName, hashOf, newId, newToken } from "./secrets.ts";
import { verify } from "./tokens.ts";

type Parts = { readonly db: Database; readonly hasher: Hasher };
type Login = { readonly name: string; readonly password: string };

/** Characters of a drawn name's end: short ones first, longer ones as names run out. */
const DRAWN_CHARS = [4, 4, 4, 6, 9] as const;

/** Makes an account with its first character. */
export const register = async ({ db, hasher }: Parts, ask: Login): Promise<Result<Granted>> => {
  if (!isName(ask.name)) return refuse("bad-name");
  if (!isPassword(ask.password)) return refuse("bad-password");
  if (await isNameTaken(db, ask.name)) return refuse("name-taken");
  const hash = await hasher.hash(ask.password);
  return hash.ok ? create(db, ask.name, hash.value) : hash;
};

/** Checks name and password and grants a token; an unknown name costs as much as a known one. */
export const login = async ({ db, hasher }: Parts, ask: Login): Promise<Result<Granted>> => {
  const found = isName(ask.name) ? await findLogin(db, ask.name) : undefined;
  const right = await hasher.verify(found?.hash ?? undefined, ask.password);
  if (!right.ok) return right;
  if (found === undefined || !right.value) return refuse("wrong-login");
  const token = newToken();
  await db.run(
    (sql) => sql`
    insert into tokens (hash, account, expires_at)
    values (${hashOf(token)}, ${found.account}, now() + ${TOKEN_TTL_MS} * interval '1 ms')`,
  );
  const { account, player, name } = found;
  return ok({ token, identity: { account, player, name, guest: false } });
};

/** Makes an account without a password; a name is drawn where none is given or it is taken. */
export const guest = async (
  db: Database,
  ask: { name?: string | undefined },
): Promise<Result<Granted>> => {
  if (ask.name !== undefined && !isName(ask.name)) return refuse("bad-name");
  const drawn = DRAWN_CHARS.map(drawName);
  for (const name of ask.name === undefined ? drawn : [ask.name, ...drawn]) {
    const made = await create(db, name, null);
    if (made.ok || made.error.code !== "name-taken") return made;
  }
  return refuse("name-taken", "No free name was found: give one.");
};

/** Turns the guest of a token into a registered account; everything is kept. */
export const keep = async (
  { db, hasher }: Parts,
  ask: Login & { readonly token: string },
): Promise<Result<Identity>> => {
  if (!isName(ask.name)) return refuse("bad-name");
  if (!isPassword(ask.password)) return refuse("bad-password");
  const who = await verify(db, ask);
  if (!who.ok) return who;
  if (!who.value.guest) return refuse("not-a-guest");
  const hash = await hasher.hash(ask.password);
  return hash.ok ? enrol(db, who.value, ask.name, hash.value) : hash;
};

/** Account, character and token in one statement: all or none. */
const create = async (
  db: Database,
  name: string,
  passwordHash: string | null,
): Promise<Result<Granted>> => {
  const account = AccountId.parse(newId());
  const player = PlayerId.parse(newId());
  const token = newToken();
  try {
    await db.run(
      (sql) => sql`
      with account as (
        insert into accounts (id, name, password_hash, registered_at)
        values (${account}, ${name}, ${passwordHash}, ${passwordHash === null ? null : sql`now()`})
      ), granted as (
        insert into tokens (hash, account, expires_at)
        values (${hashOf(token)}, ${account}, now() + ${TOKEN_TTL_MS} * interval '1 ms')
      )
      insert into characters (id, account, name) values (${player}, ${account}, ${name})`,
    );
  } catch (fault) {
    if (isTaken(fault)) return refuse("name-taken");
    throw fault;
  }
  return ok({ token, identity: { account, player, name, guest: passwordHash === null } });
};

const enrol = async (
  db: Database,
  who: Identity,
  name: string,
  passwordHash: string,
): Promise<Result<Identity>> => {
  try {
    const rows = await db.run(
      (sql) => sql`
      with account as (
        update accounts set name = ${name}, password_hash = ${passwordHash}, registered_at = now()
        where id = ${who.account} and password_hash is null
        returning id
      )
      update characters set name = ${name}
      where id = ${who.player} and account in (select id from account)
      returning id`,
    );
    // Another call was first.
    if (rows.length === 0) return refuse("not-a-guest");
  } catch (fault) {
    if (isTaken(fault)) return refuse("name-taken");
    throw fault;
  }
  return ok({ ...who, name, guest: false });
};

/** Spares the work of a hash; the unique index decides. */
const isNameTaken = async (db: Database, name: string): Promise<boolean> => {
  const rows = await db.run((sql) => sql`select 1 from accounts where name_lower = lower(${name})`);
  return rows.length > 0;
};

type FoundLogin = { account: AccountId; player: PlayerId; name: string; hash: string | null };

const findLogin = async (db: Database, name: string): Promise<FoundLogin | undefined> => {
  const [found] = await db.run(
    (sql) => sql<FoundLogin[]>`
      select a.id as account, c.id as player, c.name, a.password_hash as hash
      from accounts a join characters c on c.account = a.id
      where a.name_lower = lower(${name})
      order by c.created_at limit 1`,
  );
  return found;
};
