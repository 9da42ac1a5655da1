import { describe, expect, test } from "vitest";
import { natsConfig, startNats } from "../launch/nats.ts";
import { isOlder } from "../setup/nats-server.mjs";
import { temporaryDir } from "./launch.ts";

describe("nats-server", { timeout: 20_000 }, () => {
  test("versions compare by number, not by letter", () => {
    expect(isOlder("2.9.10", "2.10.0")).toBe(true);
    expect(isOlder("2.10.0", "2.9.10")).toBe(false);
    expect(isOlder("2.9.0", "2.9.0")).toBe(false);
  });

  test("2.9 is not told what it refuses", () => {
    const options = { dir: "/d", runDir: "/r", user: "u", password: "p" };
    expect(natsConfig(options, "2.9.10")).not.toContain("sync_interval");
    expect(natsConfig(options, "2.10.27")).toContain("sync_interval");
  });

  test("ready means a JetStream request answered, and a wrong password is refused", async () => {
    const dir = temporaryDir();
    const nats = await startNats({ dir });
    try {
      const { askJetStream } = await import("../launch/nats-probe.ts");
      await askJetStream({ port: nats.port, user: nats.user, password: nats.password }, 2_000);
      await expect(
        askJetStream({ port: nats.port, user: nats.user, password: "x" }, 2_000),
      ).rejects.toThrow(/Authorization/);
    } finally {
      await nats.stop();
    }
    expect(nats.child.isEnded()).toBe(true);
  });
});
