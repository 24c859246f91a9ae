// A page read later than it was built: what has passed its check-by day since then shows the wording that has lain
// hidden beside it. Only ever from fresh to late, because a reader's clock may be wrong. No request; ES5.
(function () {
  var now = new Date(), all = document.querySelectorAll("[data-late],[data-fresh]"), i = all.length, at, by;
  now = new Date(now - now.getTimezoneOffset() * 6e4).toISOString().slice(0, 10);
  while (i--) {
    for (at = all[i]; at && !(by = at.getAttribute("data-check-by")); ) at = at.parentElement;
    if (by < now) all[i].hidden = all[i].hasAttribute("data-fresh");
  }
})();
