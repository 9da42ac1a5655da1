/** What is least comes out first. */
export class Heap<T> {
  private readonly list: T[] = [];
  private readonly isBefore: (one: T, other: T) => boolean;

  constructor(isBefore: (one: T, other: T) => boolean) {
    this.isBefore = isBefore;
  }

  get least(): T | undefined {
    return this.list[0];
  }

  push(item: T): void {
    const { list } = this;
    let at = list.length;
    list.push(item);
    while (at > 0) {
      const up = (at - 1) >> 1;
      if (!this.isBefore(item, list[up] as T)) break;
      list[at] = list[up] as T;
      at = up;
    }
    list[at] = item;
  }

  pop(): T | undefined {
    const { list } = this;
    const top = list[0];
    const last = list.pop();
    if (last !== undefined && list.length > 0) this.sink(last);
    return top;
  }

  private sink(item: T): void {
    const { list } = this;
    let at = 0;
    for (let down = 1; down < list.length; down = 2 * at + 1) {
      const right = down + 1;
      if (right < list.length && this.isBefore(list[right] as T, list[down] as T)) down = right;
      if (!this.isBefore(list[down] as T, item)) break;
      list[at] = list[down] as T;
      at = down;
    }
    list[at] = item;
  }
}
