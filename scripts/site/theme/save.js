// The button that keeps a language on a phone which saves data. Loaded by offline.js, only there. ES5.
(function (d, n) {
  var worker = n.serviceWorker, words = WORDS, p = d.createElement("p");
  var button = d.createElement("button"), told = d.createElement("span"), pressed;
  var root = d.currentScript.src.replace(/offline\/[^\/]*$/, "");
  button.type = "button";
  button.className = "button";
  button.textContent = words.save;
  told.setAttribute("role", "status");
  p.appendChild(button);
  p.appendChild(told);
  d.querySelector(".foot").appendChild(p);
  function failed() { told.textContent = words.failed; }
  button.onclick = function () {
    pressed = 1;
    told.textContent = words.busy;
    worker.register(root + "sw.js").then(function () { return worker.ready; }).then(function (r) {
      (r.waiting || r.active).postMessage({language: d.documentElement.lang, keep: 1, asked: 1});
    })["catch"](failed);
  };
  worker.addEventListener("message", function (e) {
    var error = e.data.error;
    if (!pressed || error === undefined) return;
    if (error == "QuotaExceededError") told.textContent = words.full;
    else if (error) failed();
    else { told.textContent = words.saved; p.removeChild(button); }
  });
})(document, navigator);
