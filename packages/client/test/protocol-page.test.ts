import { readFileSync } from "node:fs";
import { ClientFrame, ServerFrame } from "@underlode/contracts";
import { describe, expect, it } from "vitest";
import { filled, page } from "../doc/protocol.ts";

const sample = new URL("../../../docs/protocol-sample.jsonl", import.meta.url);
type Said = { from: "client" | "server"; frame: { t: string; [key: string]: unknown } };
const lines = readFileSync(sample, "utf8").trimEnd().split("\n");
const conversation = (): Said[] =>
  lines.map((line) => JSON.parse(line) as Said).filter((said) => "frame" in said);

describe("docs/protocol.md", () => {
  it("says what the contracts say (else run: node packages/client/doc/protocol.ts)", () => {
    const text = readFileSync(page, "utf8");
    expect(text).toBe(filled(text));
  });
});

describe("docs/protocol-sample.jsonl", () => {
  it.each(conversation().map((said, i) => [i + 1, said.from, said.frame.t, said] as const))(
    "frame %i: the %s's %s is a frame, whole and nothing more",
    (_line, _from, _t, { from, frame }) => {
      const schema = from === "client" ? ClientFrame : ServerFrame;
      expect(schema.parse(frame)).toEqual(frame);
    },
  );

  it("shows every frame of the server but those that a fault, a move, a showing or a run's end brings", () => {
    const shown = new Set(
      conversation().flatMap(({ from, frame }) => (from === "server" ? frame.t : [])),
    );
    const all = ServerFrame.options.map((option) => option.shape.t.value);
    expect(all.filter((t) => !shown.has(t))).toEqual(["moving", "notice", "end", "watching"]);
  });
});
