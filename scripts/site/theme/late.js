// A page read later than it was built: what has passed its check-by day since then shows the wording that has lain
// hidden beside it. Only ever from fresh to late, because a reader's clock may be wrong. No request; ES5.
(function () {
  var now = new Date(), words = document.querySelectorAll("[data-late],[data-fresh]"), i, at, by;
  now.setMinutes(now.getMinutes() - now.getTimezoneOffset());
  now = now.toISOString().slice(0, 10);
  for (i = 0; i < words.length; i++) {
    for (at = words[i]; at && !(by = at.getAttribute("data-check-by")); ) at = at.parentElement;
    if (by < now) words[i].hidden = words[i].hasAttribute("data-fresh");
  }
})();
