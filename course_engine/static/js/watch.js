/* While an author works (serve --watch): shows a change as soon as it is published. */
"use strict";

async function watch(address) {
  for (let known; ; await new Promise((resolve) => setTimeout(resolve, 300))) {
    try {
      const word = await (await fetch(address)).text();
      if (word !== (known ??= word)) location.reload();
    } catch {
      /* The server is starting again. */
    }
  }
}

watch(document.body.dataset.watch);
