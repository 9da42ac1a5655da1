import { FactKind, type InstanceId, journal } from "@underlode/contracts";
import type { Bus } from "@underlode/runtime";
import { z } from "zod";
import { type FactRow, Owner } from "./fact-row.ts";

/** The kind of the first fact of every owner of an instance. */
export const CLAIM = FactKind.parse("claim");

export type Claim = {
  readonly instance: InstanceId;
  readonly epoch: number;
  /** Its number in the journal: what earlier owners tell of this or later messages is stale. */
  readonly n: number | null;
  /** Its number in the stream of facts; decides for facts whose `n` is not known. */
  readonly seq: number;
  readonly owner: string;
};

/** What Postgres' integer holds. */
const EPOCH_MAX = 2 ** 31 - 1;

/**
 * The claims that some of these facts may have to give way to. The stream is asked, since a claim
 * may still be in the hands of a copy of this service that died, while what was told behind it is
 * here already.
 */
export const claimsOver = async (
  bus: Pick<Bus, "last" | "read">,
  rows: readonly FactRow[],
): Promise<readonly Claim[]> => {
  const found = [...Map.groupBy(rows, (row) => row.instance)].map(([instance, told]) => {
    const lowest = Math.min(...told.map((row) => row.epoch));
    return claimsAbove(bus, instance, lowest).catch(unreadable);
  });
  const own = rows.filter((row) => row.kind === CLAIM).flatMap(claimOf);
  return [...own, ...(await Promise.all(found)).flat()];
};

const claimsAbove = async (
  bus: Pick<Bus, "last" | "read">,
  instance: InstanceId,
  epoch: number,
): Promise<readonly Claim[]> => {
  const ids = { kind: CLAIM, instance };
  const newest = await bus.last(journal.fact, ids);
  if (newest === undefined || newest.body.epoch <= epoch) return [];
  const all = await bus.read(journal.fact, ids);
  return all.flatMap(({ body, seq }) => claimOf({ ...body, n: body.n ?? null, instance, seq }));
};

/** What no version of us reads must not hold up all facts; a store that is away must. */
const unreadable = (fault: unknown): readonly Claim[] => {
  if (fault instanceof z.ZodError) return [];
  throw fault;
};

/** None where it makes no sense: as a fact it is put aside, and as a claim it must stop nobody. */
const claimOf = (
  claim: Pick<FactRow, "instance" | "epoch" | "n" | "seq" | "data">,
): readonly Claim[] => {
  const { instance, epoch, n, seq, data } = claim;
  const owner = Owner.safeParse(data.owner);
  return owner.success && epoch <= EPOCH_MAX
    ? [{ instance, epoch, n, seq, owner: owner.data }]
    : [];
};
