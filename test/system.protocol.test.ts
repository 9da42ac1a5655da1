import { replaySample } from "@underlode/testkit";
import { expect, test } from "vitest";
import { withStack } from "./with-stack.ts";

const system = withStack();

test("the sample conversation of the protocol's page goes the same way against the real system", async () => {
  expect(await replaySample(system.stack.ws)).toEqual([]);
});
