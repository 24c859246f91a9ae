// After the page is readable: have the worker keep the language being read, and show what it says of the copy that the
// page came from. Where a phone saves data, or its network is 2G, nothing is fetched: save.js puts a button at the foot
// with the size. ES5.
(function (d, w, net) {
  var lang = d.documentElement.lang, offered;
  if (!w || !window.fetch) return;
  function offer() {
    var s = d.createElement("script");
    s.src = ROOT + "offline/save-" + lang + ".js";
    if (!offered) d.body.appendChild(s);
    offered = 1;
  }
  function begin() {
    if (!w.controller && (net.saveData || /2g/.test(net.effectiveType))) return offer();
    w.register(ROOT + "sw.js").then(function () { return w.ready; }).then(function (r) {
      r.active.postMessage({language: lang, path: location.pathname});
    })["catch"](function () {});
  }
  w.onmessage = function (e) {
    var line = d.querySelector(".copy");
    if (e.data.from) line.textContent = e.data.from, line.hidden = false;
    if (e.data.error == "slow") offer();
  };
  addEventListener("load", function () {
    setTimeout(function () { (window.requestIdleCallback || setTimeout)(begin, {timeout: 2000}); }, w.controller ? 0 : 1500);
  });
})(document, navigator.serviceWorker, navigator.connection || {});
