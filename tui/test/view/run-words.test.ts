import { expect, it } from "vitest";
import { ago, behind, clock } from "../../src/view/run-words.ts";

it("the clock counts minutes on beyond an hour", () => {
  expect([0, -5, 61_999, 4_509_000].map(clock)).toEqual(["00:00", "00:00", "01:01", "75:09"]);
});

it("being behind is told in seconds up to a minute, then in whole minutes where it is some", () => {
  const told = ["live", "30 s behind", "60 s behind", "90 s behind", "5 min behind"];
  expect([0, 30_000, 60_000, 90_000, 300_000].map(behind)).toEqual(told);
});

it("how long ago is told in the largest unit, and a clock that is ahead does not matter", () => {
  const told = ["just now", "just now", "59 min ago", "23 h ago", "1 day ago", "30 days ago"];
  const hour = 3_600_000;
  const times = [-9, 59_999, hour - 1, 24 * hour - 1, 24 * hour, 720 * hour];
  expect(times.map(ago)).toEqual(told);
});
