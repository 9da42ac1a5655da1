import {
  account,
  InstanceId,
  mail,
  ok,
  PARTY_SIZE_MAX,
  PartyId,
  PlayerId,
  refuse,
  streams,
} from "@underlode/contracts";
import { MemoryBroker, memoryBus } from "@underlode/runtime";
import { expect, test } from "vitest";
import { invite } from "../src/inviting.ts";
import { found, join } from "../src/party-rules.ts";

const who = (n: number) => ({ player: PlayerId.parse(`p${n}`), name: `Name${n}` });
const party = found(PartyId.parse("x1"), "ABCDEF", who(1));

test("R12: who is invited by name reads the code once, also when they come later", async () => {
  const bus = memoryBus(new MemoryBroker());
  await bus.ensureStreams(Object.values(streams));
  const character = { runs: 0, victories: 0, deaths: 0, deepestFloor: 0, oreBanked: 0 };
  bus.serve(account.character, {}, async ({ name }) =>
    /^name[12]$/i.test(name ?? "")
      ? ok({ ...character, ...who(Number(name?.at(-1))), guest: false })
      : refuse("not-found"),
  );
  for (let i = 0; i < 2; i++)
    expect(await invite(bus, party, who(1), "name2")).toMatchObject({ ok: true });
  const told = async () => await bus.last(mail.told, { player: who(2).player });
  const text = "Name1 would have you in their party: join it (j) by the code ABCDEF.";
  expect(await told()).toMatchObject({ seq: 1, body: { kind: "notice", text } });
  const codes = async (now: typeof party, name: string) => {
    const answer = await invite(bus, now, who(1), name);
    return answer.ok ? "ok" : answer.error.code;
  };
  expect(await codes(party, "nobody")).toBe("no-such-player");
  expect(await codes(party, "NAME1")).toBe("already-in-party");
  const at = { phase: "suspended", instance: InstanceId.parse("i1") } as const;
  expect(await codes({ ...party, at }, "name2")).toBe("already-delving");
  let full = party;
  for (let n = 2; n <= PARTY_SIZE_MAX; n++) {
    const joined = join(full, who(n));
    if (joined.ok) full = joined.value;
  }
  expect(await codes(full, "name2")).toBe("party-full");
  expect(await told()).toMatchObject({ seq: 1 });
  await bus.drain();
});
