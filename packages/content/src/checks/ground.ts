import type { TileRole } from "@underlode/sim";
import type { Check } from "./check.ts";
import { idsIn } from "./check.ts";

const WALKED = new Set<TileRole>([
  "floor",
  "track",
  "openDoor",
  "stairsDown",
  "stairsUp",
  "chasm",
  "bridge",
]);

export const tiles: Check = (files, wrong) => {
  for (const role of [
    "door",
    "openDoor",
    "stairsDown",
    "stairsUp",
    "chasm",
    "bridge",
    "secretDoor",
  ] as const) {
    const count = files.tiles.filter((tile) => tile.role === role).length;
    if (count !== 1) wrong("tiles", "", `there must be exactly one ${role} tile, not ${count}`);
  }
  const drawn = files.tiles.length + files.substances.length;
  if (drawn > 255) wrong("tiles", "", "there can be 255 tiles and substances at most");
  files.tiles.forEach(({ role, walk }, index) => {
    if (walk !== WALKED.has(role)) {
      wrong("tiles", `${index}.walk`, `a ${role} ${walk ? "cannot" : "must"} be walked on`);
    }
  });
};

export const substances: Check = (files, wrong) => {
  const known = idsIn(files, ["substances"]);
  const effects = idsIn(files, ["effects"]);
  const synergies = idsIn(files, ["synergies"]);
  files.substances.forEach(({ does, everyMs, becomes, layer }, index) => {
    const left = files.substances.find(({ id }) => id === becomes);
    if (becomes !== "" && left?.layer !== layer) {
      wrong("substances", `${index}.becomes`, `no ${layer} "${becomes}"`);
    }
    does.forEach((deed, place) => {
      if (deed.kind !== "afflicts" || effects.has(deed.effect)) return;
      wrong("substances", `${index}.does.${place}.effect`, `no effect "${deed.effect}"`);
    });
    if (does.length > 0 && everyMs === 0) wrong("substances", `${index}.everyMs`, "has no beat");
  });
  files.reactions.forEach(({ one, other, leaves, synergy }, index) => {
    for (const id of [one, other, ...leaves]) {
      if (!known.has(id)) wrong("reactions", `${index}`, `no substance "${id}"`);
    }
    if (synergy !== "" && !synergies.has(synergy)) {
      wrong("reactions", `${index}.synergy`, `no synergy "${synergy}"`);
    }
  });
};
