/** What has happened so far and what happens next, for any number of readers. Keeps the last `limit` items. */
export interface Feed<T> {
  readonly push: (item: T) => void;
  /** Ends every reader once it has read what is there. */
  readonly end: () => void;
  readonly read: () => AsyncIterable<T>;
}

export function createFeed<T>(limit: number): Feed<T> {
  const items: T[] = [];
  let dropped = 0;
  let isEnded = false;
  let wake = Promise.withResolvers<void>();

  function rouse() {
    wake.resolve();
    wake = Promise.withResolvers();
  }

  async function* read(): AsyncGenerator<T> {
    let next = 0;
    for (;;) {
      next = Math.max(next, dropped);
      while (next < dropped + items.length) {
        next = Math.max(next, dropped);
        yield items[next++ - dropped] as T;
      }
      if (isEnded) return;
      await wake.promise;
    }
  }

  return {
    push: (item) => {
      if (isEnded) return;
      items.push(item);
      if (items.length > limit) {
        items.shift();
        dropped += 1;
      }
      rouse();
    },
    end: () => {
      isEnded = true;
      rouse();
    },
    read,
  };
}
