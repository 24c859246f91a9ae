// "Is this agency legal?" The answer is made at every keystroke from the list in this page and from what stands under
// its headings #warned, #listed and #none. Nothing typed leaves the page. Without this script the field is not shown.
(function () {
  var field = document.getElementById("find"), said = document.getElementById("found"), MOST = 5, WARNED = 10;
  var ask = document.querySelector(".ask"), answers = ask.querySelector(".answers"), letters = ask.querySelector(".letters");
  var kinds = {}, waiting = 0;
  var link = answers.querySelector(".share a"), button = answers.querySelector(".share button"), text = "";
  var items = document.querySelectorAll(".letter li"), book = new NameBook(), read = 0, SLICE = 25;

  // What a reader sees of an element: without what is hidden, such as the late wording that is not due yet.
  function seen(element) {
    var copy = element.cloneNode(true), hidden = copy.querySelectorAll("[hidden]"), i;
    for (i = 0; i < hidden.length; i++) hidden[i].parentNode.removeChild(hidden[i]);
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function say(key) { return seen(ask.querySelector('[data-say="' + key + '"]')); }

  function show(element, visible) {
    if (element.hidden === visible) element.hidden = !visible;
  }

  function each(nodes, job) { Array.prototype.forEach.call(nodes, job); }

  // A copy of what the page says under the heading of a kind, without marks of sources and without its ids.
  function advice(kind) {
    var made = document.createElement("div"), from = document.getElementById(kind);
    while ((from = from.nextElementSibling) && from.tagName !== "H2") made.appendChild(from.cloneNode(true));
    each(made.querySelectorAll(".cite"), function (mark) { mark.parentNode.removeChild(mark); });
    each(made.querySelectorAll("[id]"), function (named) { named.removeAttribute("id"); });
    return made;
  }

  each(answers.querySelectorAll("[data-kind]"), function (part) { kinds[part.getAttribute("data-kind")] = part; });

  // Read the list's entries into the book, up to one of them. The advice is copied with the first.
  function prepare(until) {
    if (!read) for (var kind in kinds) kinds[kind].appendChild(advice(kind));
    for (; read < items.length && read < until; read++) {
      book.add(items[read].firstChild.textContent, Array.prototype.map.call(items[read].querySelectorAll(".number"), function (number) {
        return number.textContent;
      }));
    }
  }

  // From the moment the field is touched, a few entries at a time, so that the keyboard comes up without a halt. The
  // first look-up is by far the slowest in any browser; it is over before the third letter is typed.
  function prepareSlowly() {
    if (read === items.length) { book.find("perusahaan"); return; }
    prepare(read + SLICE);
    setTimeout(prepareSlowly, 0);
  }

  function kindOf(item) {
    return item.querySelector(".expired:not([hidden])") ? "warned" : item.getAttribute("data-answer") || "listed";
  }

  // An entry of the list, with how it fits what was typed and, where its letter says it for all, its state.
  function entry(hit) {
    var item = items[hit.at], made = item.cloneNode(true), fits = document.createElement("p"), group;
    if (!made.querySelector(".state")) {
      group = item.parentNode.parentNode.querySelector(".state");
      made.insertBefore(group.cloneNode(true), made.firstChild.nextSibling);
    }
    fits.className = "fits";
    fits.textContent = say(hit.match + (hit.number ? "-number" : "-name"));
    made.insertBefore(fits, made.firstChild.nextSibling);
    return made;
  }

  function fill(kind, hits) {
    var names = kinds[kind].querySelector(".names"), same = hits.some(function (hit) { return hit.exact; });
    var listed = hits.map(function (hit) { return [hit.at, hit.match, hit.number]; }).join();
    if (listed !== names.getAttribute("data-shown")) {
      names.textContent = "";
      hits.forEach(function (hit) { names.appendChild(entry(hit)); });
      names.setAttribute("data-shown", listed);
    }
    title(kind, same ? "same" : "near");
    show(names, hits.length > 0);
    show(kinds[kind], hits.length > 0);
    return same;
  }

  function title(kind, fits) {
    each(kinds[kind].querySelectorAll("[data-fits]"), function (words) { show(words, words.getAttribute("data-fits") === fits); });
  }

  // What of it all is shown: every warning, up to ten, and then the others, best first: at least one, and five together.
  function shown(found) {
    var groups = { warned: [], listed: [], none: [] }, left = { warned: 0, other: 0 }, others = [];
    found.forEach(function (hit) {
      var kind = kindOf(items[hit.at]);
      if (kind !== "warned") others.push([kind, hit]);
      else if (groups.warned.length < WARNED) groups.warned.push(hit);
      else left.warned++;
    });
    others.forEach(function (other, at) {
      if (at < Math.max(1, MOST - groups.warned.length)) groups[other[0]].push(other[1]);
      else left.other++;
    });
    return { groups: groups, left: left };
  }

  // One sentence or two for those who listen: which kinds there are, how many of each, whether any is exact, and how
  // many are not shown.
  function tell(counts, inexact, left) {
    var parts = [], all = counts.warned + counts.listed + counts.none;
    if (counts.warned) parts.push(say("said-warned").replace("%n", counts.warned));
    if (counts.listed) parts.push(say("said-listed").replace("%n", counts.listed));
    if (!all || counts.none) parts.push(say("said-none"));
    else if (inexact) parts.push(say("said-inexact"));
    if (left.warned) parts.push(say("said-more-warned").replace("%n", left.warned));
    if (left.other) parts.push(say("said-more").replace("%n", left.other));
    parts = parts.join(" ");
    if (said.textContent !== parts) said.textContent = parts;
  }

  function answer() {
    prepare(items.length);
    var found = book.find(field.value), same = false, counts = {}, part, kind, sure;
    show(letters, !found);
    show(answers, !!found);
    // While there is an answer, it alone is printed.
    ask.className = found ? "ask answered" : "ask";
    if (!found) { said.textContent = book.unread(field.value) ? say("said-script") : ""; return; }
    part = shown(found);
    for (kind in part.groups) {
      counts[kind] = part.groups[kind].length;
      same = fill(kind, part.groups[kind]) || same;
    }
    sure = found.some(function (hit) { return hit.match !== "near"; });
    show(kinds.none, counts.none > 0 || !same);
    kinds.none.open = counts.none > 0 || !sure;
    title("none", counts.none || !found.length ? "same" : "near");
    show(kinds.none.querySelector(".state"), !counts.none);
    tell(counts, !found.some(function (hit) { return hit.exact || hit.match === "held"; }), part.left);
    text = shared();
    link.href = "https://wa.me/?text=" + encodeURIComponent(text);
  }

  // The answer as a message: what was looked up, each entry with its state and date, this page's address.
  function shared() {
    var lines = [say("shared-asked").replace("%t", field.value.trim())];
    each(answers.querySelectorAll(".reply:not([hidden]) > .names > li"), function (item) {
      var parts = [];
      each(item.querySelectorAll(".fits, .mark, .state, .expired:not([hidden])"), function (part) { parts.push(seen(part)); });
      lines.push("• " + item.firstChild.textContent + ": " + parts.join(" · "));
    });
    if (lines.length === 1) lines.push(seen(kinds.none.querySelector(".state")));
    return lines.concat(say("shared-see") + " " + document.querySelector("link[rel=canonical]").href).join("\n");
  }

  function copied() { said.textContent = button.textContent = say("copied"); }

  function copyByHand() {
    var area = document.createElement("textarea");
    area.value = text;
    answers.appendChild(area);
    area.select();
    if (document.execCommand("copy")) copied();
    answers.removeChild(area);
    button.focus();
  }

  button.addEventListener("click", function () {
    // A reader may put the sharing away again; that is no fault.
    if (navigator.share) navigator.share({ text: text }).catch(function () {});
    else if (navigator.clipboard) navigator.clipboard.writeText(text).then(copied, copyByHand);
    else copyByHand();
  });
  // What was typed stays with this page's place in the history of its tab, for whoever comes back to it. Not in the
  // address: that may be passed on, and a browser may copy it to its maker. Not at each key: some allow few of these.
  function keep() {
    clearTimeout(waiting);
    if (window.history && history.replaceState) history.replaceState({ find: field.value }, "");
  }

  field.addEventListener("focus", function () { setTimeout(prepareSlowly, 0); });
  field.addEventListener("input", function () {
    if (!navigator.share) button.textContent = say("copy");
    clearTimeout(waiting);
    waiting = setTimeout(keep, 400);
    answer();
  });
  field.addEventListener("change", keep);
  window.addEventListener("hashchange", keep);
  field.addEventListener("keydown", function (event) {
    if (event.keyCode === 13 && !answers.hidden) answers.focus();
  });
  if (!navigator.share) button.textContent = say("copy");
  ask.querySelector(".find").hidden = false;
  if (!field.value && window.history && history.state) field.value = history.state.find || "";
  if (field.value) answer();
})();
