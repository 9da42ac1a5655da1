import type { Point } from "../../geometry.ts";
import type { Plan, Room } from "./plan.ts";

export function middle(room: Room): Point {
  return {
    x: room.x + Math.floor(room.width / 2),
    y: room.y + Math.floor(room.height / 2),
  };
}

/** An empty plan, all rock. */
export function rock(width: number, height: number, rooms: readonly Room[] = []): Plan {
  return { width, height, cells: new Uint8Array(width * height), rooms, closets: [] };
}
