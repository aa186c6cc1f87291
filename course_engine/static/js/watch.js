/* While an author works (serve --watch): shows a change as soon as it is published. */
"use strict";

async function watch(address, shown) {
  for (;; await new Promise((resolve) => setTimeout(resolve, 300))) {
    try {
      const { stamp } = await (await fetch(address)).json();
      if (stamp !== shown) return location.reload();
    } catch {
      /* The server is starting again. */
    }
  }
}

watch(document.body.dataset.watch, document.body.dataset.watchStamp);
