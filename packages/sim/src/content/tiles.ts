export type TileRole =
  | "floor"
  | "track"
  | "wall"
  | "pillar"
  | "door"
  | "openDoor"
  | "stairsDown"
  | "stairsUp"
  | "vein"
  | "chasm"
  | "bridge"
  | "secretDoor";

export type TileSpec = {
  readonly id: string;
  readonly glyph: string;
  readonly name: string;
  readonly colour: string;
  readonly role: TileRole;
  readonly walk: boolean;
  readonly clear: boolean;
};
