// The end of the worker: a browser that still has it fetches this in its place, which forgets all and goes. ES2015.
addEventListener("install", skipWaiting);
addEventListener("activate", e => e.waitUntil(caches.keys()
  .then(names => Promise.all(names.filter(name => name.startsWith("hub")).map(name => caches.delete(name))))
  .then(() => registration.unregister())));
