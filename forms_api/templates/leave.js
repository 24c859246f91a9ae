// The way out: the button, or Shift three times, blanks the page at once and puts an empty one in its place. So that
// no page of the way (form, receipt, follow-up) is left behind the Back key, each move inside the way takes the place
// of the one before: links by location.replace, forms by a request whose answer is shown in this page. ES5.
(function () {
  var doc = document, kind = "application/x-www-form-urlencoded", shifts = 0, last = 0, call;
  function find(id) { return doc.getElementById(id); }
  function each(found, what) { Array.prototype.forEach.call(found, what); }
  function leave() {
    var link = find("leave");
    doc.documentElement.style.display = "none";
    if (navigator.sendBeacon) navigator.sendBeacon(link.href, new Blob(["leave="], {type: kind}));
    location.replace(link.getAttribute("data-to"));
  }
  function written(form) {
    var parts = [];
    each(form.elements, function (field) {
      if (!field.name || (/^(radio|checkbox)$/.test(field.type) && !field.checked)) return;
      parts.push(encodeURIComponent(field.name) + "=" + encodeURIComponent(field.value));
    });
    return parts.join("&");
  }
  function show(page, first, url) {
    if (first) {
      first.removeAttribute("autofocus");
      first.id = "first";
    }
    doc.documentElement.lang = page.documentElement.lang;
    doc.body.innerHTML = page.body.innerHTML;
    history.replaceState(null, "", url);
    // Scripts that come this way do not run by themselves.
    each(doc.querySelectorAll("body script:not(#way-out)"), function (part) {
      var again = doc.createElement("script");
      again.text = part.text;
      part.parentNode.replaceChild(again, part);
    });
    find(first ? "first" : "content").focus();
    if (!first) scrollTo(0, 0);
  }
  function answered() {
    var told = find("sending"), url = call.responseURL, page = new DOMParser().parseFromString(call.responseText, "text/html");
    // Before the page is shown: its own script may send the next form at once.
    call = 0;
    // What is no page of the way (a refusal, the web server's own page) must not take the place of what was written.
    if (page.getElementById("leave")) show(page, page.querySelector("[autofocus]"), url);
    else told.textContent = (page.querySelector("h1") || 0).textContent || told.getAttribute("data-unsent");
  }
  doc.addEventListener("click", function (event) {
    var at = event.target.closest && event.target.closest("a[href]");
    if (!at || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (at.id === "leave") leave();
    else if (at.hash || at.host !== location.host || !/^(\/en)?\/(forms\/|follow-up$)/.test(at.pathname)) return;
    else location.replace(at.href);
    event.preventDefault();
  });
  doc.addEventListener("submit", function (event) {
    var form = event.target, content;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("data-file") || !window.DOMParser) return;
    try {
      content = written(form);
    } catch (halfLetter) {
      return;
    }
    event.preventDefault();
    if (call) return;
    find("sending").textContent = find("sending").getAttribute("data-sending");
    call = new XMLHttpRequest();
    call.open("POST", form.action);
    call.setRequestHeader("Content-Type", kind);
    call.onloadend = answered;
    call.send(content);
  });
  doc.addEventListener("keyup", function (event) {
    shifts = event.keyCode !== 16 ? 0 : event.timeStamp - last < 1000 ? shifts + 1 : 1;
    last = event.timeStamp;
    if (shifts > 2) leave();
  });
})();
