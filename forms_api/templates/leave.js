// The way out: the button, or Shift three times, blanks the page at once and puts an empty one in its place. So that
// no page of the way (form, receipt, follow-up) is left behind the Back key, each move inside the way takes the place
// of the one before: links by location.replace, forms by a request whose answer is shown in this page. ES5.
(function () {
  var shifts = 0, last = 0, busy = false;
  function all(list) { return Array.prototype.slice.call(list); }
  function leave(link) {
    document.documentElement.style.display = "none";
    document.title = "\u200e";
    if (navigator.sendBeacon) navigator.sendBeacon(link.href);
    location.replace(link.getAttribute("data-to"));
  }
  function inside(link) {
    return link.host === location.host && /^(\/en)?\/(forms\/|follow-up$)/.test(link.pathname);
  }
  function say(which) {
    var told = document.getElementById("sending");
    if (told) told.textContent = which ? told.getAttribute(which) : "";
  }
  function written(form) {
    return all(form.elements).filter(function (each) {
      var skip = /^(radio|checkbox)$/.test(each.type) ? !each.checked : /^(submit|button|fieldset)$/.test(each.type);
      return each.name && !each.disabled && !skip;
    }).map(function (each) {
      return encodeURIComponent(each.name) + "=" + encodeURIComponent(each.value.replace(/\r?\n/g, "\r\n"));
    }).join("&");
  }
  function show(answer, asked) {
    var page = new DOMParser().parseFromString(answer.responseText, "text/html"), first = page.querySelector("[autofocus]");
    if (first) {
      first.removeAttribute("autofocus");
      first.id = first.id || "first";
    }
    document.documentElement.lang = page.documentElement.lang;
    document.title = page.title;
    document.body.innerHTML = page.body.innerHTML;
    if (answer.responseURL && answer.responseURL !== asked) history.replaceState(null, "", answer.responseURL);
    // Scripts that come this way do not run by themselves.
    all(document.body.querySelectorAll("script")).forEach(function (each) {
      var again = document.createElement("script");
      if (each.id === "way-out" || each.src) return;
      again.text = each.text;
      each.parentNode.replaceChild(again, each);
    });
    ready();
    document.getElementById(first ? first.id : "content").focus();
    if (!first) window.scrollTo(0, 0);
  }
  function send(form, content) {
    var call = new XMLHttpRequest(), to = document.createElement("a");
    to.href = form.getAttribute("action");
    busy = true;
    say("data-sending");
    call.open("POST", to.href);
    call.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    call.onload = function () {
      busy = false;
      if (/^text\/html/.test(call.getResponseHeader("Content-Type"))) show(call, to.href);
      else say("data-unsent");
    };
    call.onerror = function () {
      busy = false;
      say("data-unsent");
    };
    call.send(content);
  }
  function ready() {
    all(document.querySelectorAll("[data-script]")).forEach(function (each) { each.hidden = false; });
  }
  document.addEventListener("click", function (event) {
    var at = event.target;
    while (at && at.nodeName !== "A" && at.nodeName !== "BUTTON") at = at.parentNode;
    if (!at || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (at.hasAttribute("data-print")) return window.print();
    if (at.nodeName !== "A" || at.hash || !(at.id === "leave" || inside(at))) return;
    event.preventDefault();
    if (at.id === "leave") leave(at);
    else location.replace(at.href);
  });
  document.addEventListener("submit", function (event) {
    var form = event.target, content;
    if (event.defaultPrevented || form.getAttribute("method") !== "post" || form.hasAttribute("data-file")) return;
    if (!window.DOMParser || !history.replaceState || !("responseURL" in new XMLHttpRequest())) return;
    try {
      content = written(form);
    } catch (error) {
      return;
    }
    event.preventDefault();
    if (!busy) send(form, content);
  });
  document.addEventListener("keydown", function (event) {
    if (event.keyCode !== 16) shifts = 0;
  });
  document.addEventListener("keyup", function (event) {
    var now = new Date().getTime(), link = document.getElementById("leave");
    if (event.keyCode !== 16) return;
    shifts = now - last < 1000 ? shifts + 1 : 1;
    last = now;
    if (shifts >= 3 && link) leave(link);
  });
  ready();
})();
