import("{js}").then(async m => {
  await m.default({ module_or_path: "{wasm}" });
  m.hydrate();
  for (const el of document.querySelectorAll("leptos-island")) {
    const id = el.dataset.component;
    // The number behind the name is made by the compiler, and the halves may have different ones.
    const name = id.slice(0, id.lastIndexOf("_") + 1);
    const start = m[id] ?? m[Object.keys(m).find(key => key.startsWith(name))];
    start?.(el);
  }
});
