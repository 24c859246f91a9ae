// The service worker. sw.js sets V and FIRST and imports this file, which changes seldom. ES2015.
// V: language -> hashes of its pack and of its list. FIRST: paths asked of the network first; null: all (a preview).
// One cache entry a language holds the pack, so that a pack is there whole or not at all. It is text with NUL between
// its parts: a hash of the next three kinds, headers, paths, what pages share, then the parts of the pages, one path
// each; a dot means the path before it. The list is that first hash, DIGITS of that of each part, or a dash, in a row,
// then each part with a dash. LANGUAGES: the first one's pages lie at the root.
const AT = new URL("./", location).pathname, ALL = LANGUAGES, from = {}, jobs = {};
const store = () => caches.open("hub1");
const key = l => AT + "offline/" + l;
const spoken = path => ALL.find(l => path.startsWith(AT + l + "/") || path.endsWith("/" + l + ".json")) || ALL[0];
const sum = t => crypto.subtle.digest("SHA-256", new TextEncoder().encode(t)).then(d =>
  (new DataView(d).getUint32() + 0x100000000).toString(16).slice(1));
// What was cut on the way, or is somebody else's page, does not have the hash in its name and is not kept.
const right = (t, hash) => sum(t).then(h => { if (!h.startsWith(hash)) throw "cut"; return t });
const get = (name, hash, place = "") => fetch(AT + "offline/" + name + "." + hash + place + ".txt").then(r =>
  r.text().then(t => right(t, hash)).then(t => [t, r.headers.get("date")]));
const whole = (l, asked) => {
  const c = navigator.connection || {};
  if (!asked && (c.saveData || /2g/.test(c.effectiveType))) throw "slow";
  return get(l + "-pack", V[l][0]);
};
// An update is taken only if it makes the very text of the new pack.
const update = (l, t, asked) => get(l + "-list", V[l][1]).then(list => {
  const told = list[0].split("\0"), parts = t.split("\0"), now = told[1].match(/-|.{DIGITS}/g), first = parts.length - now.length;
  if (told[0] != parts[0]) return whole(l, asked);
  const old = [];
  let next = 2;
  return Promise.all(now.map((h, i) => h == "-" ? parts[first + i] = told[next++]
    : right(parts[first + i], h).catch(() => old.push(i)))).then(() => {
    if (old.length > MOST) return whole(l, asked);
    return Promise.all(old.map(i => get(l, now[i], (i + 256).toString(16)).then(p => { parts[first + i] = p[0] })))
      .then(() => right(parts.join("\0"), V[l][0])).then(t => [t, list[1]]);
  });
});
// Where a phone is full, what it has stays; an empty pack is put where there is none, or every page would fetch again.
const sync = (l, asked) => jobs[l] = jobs[l] || store().then(c => c.match(key(l)).then(old => (old || new Response("")).text().then(t => {
  if (!V[l] || old && old.headers.get("v") == V[l][0] && (t || !asked)) return;
  const keep = p => c.put(key(l), new Response(p[0], {headers: {v: V[l][0], date: p[1]}}));
  return Promise.resolve(t ? update(l, t, asked) : whole(l, asked)).then(p => keep(p).catch(x => {
    if (!t) keep(["", ""]);
    throw x;
  }));
}))).then(() => "", x => x.name || x).then(x => { delete jobs[l]; return x });
const packed = (c, path) => c.match(key(spoken(path))).then(p => p && p.text().then(t => {
  if (!t) return;
  const parts = t.split("\0"), paths = parts[2].split(" ");
  let at;
  const body = parts.slice(-paths.length).filter((x, i) => (at = paths[i] == "." ? at : AT + paths[i]) == path).join("");
  if (!body) return;
  const head = Object.assign(JSON.parse(parts[1]), {date: p.headers.get("date")});
  if (!path.endsWith("/")) head["Content-Type"] = "application/json";
  return new Response(body.replace(/[\1-\x08]/g, x => parts[2 + x.charCodeAt()]), {headers: head});
}));
// In the language of the page that was asked for, or in the one that is on the phone.
const lost = (c, path) => Promise.all([spoken(path)].concat(ALL).map(l =>
  packed(c, AT + (l == ALL[0] ? "" : l + "/") + "not-saved/"))).then(found => found.find(r => r));
// The worker before stays until its pages are closed, and reads the new pack meanwhile: a page asked for while one takes
// the other's place would never come (Chromium 156). Only a preview must not wait.
addEventListener("install", e => e.waitUntil(store().then(c => Promise.all(ALL.map(l =>
  c.match(key(l)).then(p => p && sync(l))))).then(() => FIRST || skipWaiting())));
addEventListener("message", e => {
  const l = e.data.language, at = from[new URL(e.source.url).pathname];
  const day = at && new Date(at).toLocaleDateString(l == "en" ? "en-GB" : l, {day: "numeric", month: "long", year: "numeric"});
  const tell = error => e.source.postMessage({from: at && SENTENCES[l].replace("{}", day), error});
  tell();
  if (e.data.keep) e.waitUntil(sync(l, e.data.asked).then(tell));
});
addEventListener("fetch", e => {
  const q = e.request, u = new URL(q.url), path = u.pathname;
  // Never what is personal or an editor's; a form's page ends with a slash, its door does not.
  if (q.method != "GET" || u.origin != location.origin || q.mode != "navigate" && !/\/search\/[^/]+$/.test(path)
    || /\/(forms\/(receipt|[^/]+$)|follow-up|desk|edit|editors)(\/|$)/.test(path)) return;
  // A page's own address ends with a slash; its links start from there.
  const page = q.mode == "navigate" ? path.replace(/(\/index\.html|\/)?$/, "/") : path;
  e.respondWith(store().then(c => packed(c, page).then(pack => Promise.resolve(pack || c.match(page)).then(saved => {
    if (saved && page != path) return Response.redirect(page + u.search);
    const copy = r => { if (r) from[path] = r.headers.get("date"); return r || fetch(q) };
    if (pack && FIRST && FIRST.indexOf(path.slice(AT.length)) < 0) return copy(pack);
    const net = fetch(q).then(r => {
      if (saved && r.status > 499) throw 0;
      if (r.ok && !pack && !u.search && page == path && !/no-store/.test(r.headers.get("cache-control"))) c.put(path, r.clone());
      delete from[path];
      return r;
    });
    return saved ? Promise.race([net, new Promise((y, n) => setTimeout(n, 2500))]).catch(() => copy(saved))
      : net.catch(() => lost(c, path).then(copy));
  }))).catch(() => fetch(q)));
});
