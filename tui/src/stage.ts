import type { Model } from "./model.ts";
import { Cells } from "./screen/cells.ts";
import type { Screen } from "./screen/terminal.ts";
import type { Place } from "./update/sight.ts";
import { layout, SIZE_MIN, WATCH_ROWS } from "./view/layout.ts";
import { MapPainter } from "./view/map.ts";
import { fillGround, PanelHost } from "./view/panel-host.tsx";
import { theme } from "./view/theme.ts";

/** Puts panels and map together and shows them: the panels as last drawn, the map as it is now. */
export class Stage {
  readonly #screen: Screen;
  readonly #map: MapPainter;
  #host: PanelHost | undefined;
  #panels: Cells | undefined;
  #next = new Cells(1, 1);

  constructor(screen: Screen) {
    this.#screen = screen;
    this.#map = new MapPainter(screen.depth);
  }

  /** Lets React draw the panels. */
  drawPanels(model: Model, nowMs: number): void {
    const props = { model, size: this.#screen.size(), nowMs };
    this.#host ??= new PanelHost(props);
    this.#panels = this.#host.draw(props);
  }

  /** One frame to the terminal; false when it does not read. */
  show(model: Model, nowMs: number): boolean {
    const size = this.#screen.size();
    const stale = this.#panels?.width !== size.width || this.#panels.height !== size.height;
    if (stale) this.drawPanels(model, nowMs);
    if (this.#next.width !== size.width || this.#next.height !== size.height) {
      this.#next = new Cells(size.width, size.height);
    }
    return this.#screen.show(this.compose(model, this.#next));
  }

  /** The whole screen in `cells`. */
  compose(model: Model, cells: Cells): Cells {
    cells.copy(this.#panels!);
    const { screen, seen } = model;
    const fits = cells.width >= SIZE_MIN.width && cells.height >= SIZE_MIN.height;
    if (screen.at === "dungeon" && fits) {
      this.#map.paint(cells, layout(cells).map, seen, screen.mode);
    } else if (screen.at === "watch" && screen.pictured && fits) {
      this.#map.paint(cells, layout(cells, WATCH_ROWS).map, seen, undefined);
    }
    const { depth } = this.#screen;
    if (depth === "true" || depth === "256") fillGround(cells, theme.ground, theme.ink);
    return cells;
  }

  /** The place of the floor under a cell of the screen, where there is one. */
  placeAt(x: number, y: number): Place | undefined {
    const { map } = layout(this.#screen.size());
    const inside = x >= map.x && y >= map.y && x < map.x + map.width && y < map.y + map.height;
    return inside ? this.#map.placeAt(map, x, y) : undefined;
  }

  close(): void {
    this.#host?.close();
  }
}
