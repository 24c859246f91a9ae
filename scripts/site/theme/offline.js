// Show how old the copy is that the page came from, before the page is read. A page of the network has a worker keep its
// language, once it is readable; where a phone saves data, or its network is 2G, nothing is fetched and save.js puts a
// button at the foot with the size. ES5.
(function (d, w, net) {
  var lang = d.documentElement.lang, script;
  if (!w) return;
  function offer() {
    script = d.createElement("script");
    script.src = ROOT + "offline/save-" + lang + ".js";
    d.body.appendChild(script);
  }
  // Where the next worker is about to come, it keeps the language: the one before would bring its own pack back.
  function keep(r) {
    if (!r.installing) (r.waiting || r.active).postMessage({language: lang, keep: 1});
  }
  w.onmessage = function (e) {
    var line = d.querySelector(".copy"), from = e.data.from;
    if (from) line.textContent = from, line.hidden = 0;
    if (e.data.error == "slow" && !script) offer();
  };
  if (w.controller) w.controller.postMessage({language: lang}), w.ready.then(keep);
  else addEventListener("load", function () {
    setTimeout(function () {
      if (net.saveData || /2g/.test(net.effectiveType)) offer();
      else w.register(ROOT + "sw.js").then(function () {
        return w.ready;
      }).then(keep, Object);
    }, 1500);
  });
})(document, navigator.serviceWorker, navigator.connection || {});
