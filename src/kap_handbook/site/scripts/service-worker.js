// Keeps the site on the reader's device, so that it opens without a network.
//
// FILES stands above: every file of one build with the hash of its content. A file is kept under its
// hash, and each page, script and picture is answered from FILES alone, so that what a reader sees
// comes from one build. A newer build is saved beside it, and takes over when the reader says so or
// when the last page of the site is closed.
"use strict";

const STORE = "handbook"; // the files of a build, by hash
const OPENED = "handbook-opened"; // further files that the reader has opened: PDFs
const ROOT = self.registration.scope;
const AT_ONCE = 6;

const keyOf = (hash) => new URL(`saved/${encodeURIComponent(hash)}`, ROOT).href;

async function save() {
  const store = await caches.open(STORE);
  const kept = new Set((await store.keys()).map((request) => request.url));
  const missing = Object.entries(FILES).filter(([, hash]) => !kept.has(keyOf(hash)));
  async function next() {
    for (let file = missing.shift(); file; file = missing.shift()) {
      const [path, hash] = file;
      // A file that is not of this build is refused, and the whole build with it. Nor is the
      // browser's cache asked, for it may hold an older one that was changed within the same second.
      const response = await fetch(new URL(path, ROOT), { integrity: `sha256-${hash}`, cache: "reload" });
      if (!response.ok) throw new Error(`${path}: ${response.status}`);
      // Anew, for a page may not be answered with what was redirected.
      await store.put(keyOf(hash), new Response(await response.blob(), { headers: response.headers }));
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

// Forgets what belongs to an older build.
async function tidy() {
  const store = await caches.open(STORE);
  const wanted = new Set(Object.values(FILES).map(keyOf));
  const old = (await store.keys()).filter((request) => !wanted.has(request.url));
  await Promise.all([caches.delete(OPENED), ...old.map((request) => store.delete(request))]);
}

// The hash of the file at an address, which may leave out what servers add.
function hashOf(url) {
  const path = decodeURIComponent(url.pathname.slice(new URL(ROOT).pathname.length));
  const names = [path, `${path}.html`, `${path.replace(/\/?$/, "/")}index.html`.replace(/^\//, "")];
  return names.map((name) => FILES[name]).find(Boolean);
}

async function kept(request, hash) {
  const store = await caches.open(STORE);
  return (await store.match(keyOf(hash))) || fetch(request);
}

async function onDemand(request) {
  const store = await caches.open(OPENED);
  try {
    const response = await fetch(request);
    if (response.status === 200 && request.url.split(/[?#]/)[0].endsWith(".pdf")) {
      await store.put(request.url, response.clone());
    }
    return response;
  } catch (error) {
    const opened = await store.match(request.url, { ignoreSearch: true });
    if (opened) return opened;
    if (request.mode === "navigate") return Response.redirect(new URL("offline.html", ROOT));
    throw error;
  }
}

self.addEventListener("install", (event) => event.waitUntil(save()));
self.addEventListener("activate", (event) => event.waitUntil(tidy()));
self.addEventListener("message", (event) => {
  if (event.data === "take over") self.skipWaiting();
});
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || !url.href.startsWith(ROOT)) return;
  const hash = hashOf(url);
  event.respondWith(hash ? kept(event.request, hash) : onDemand(event.request));
});
