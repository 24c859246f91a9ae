// Search in the browser: asks for search/<language>.json when the field is entered, finds as one types. What was typed
// stays in the part of the address behind the #, which a browser sends to nobody. ES5; stem() and roots() stand before.
(function () {
  var form = document.getElementById("site-search");
  if (!window.fetch) return;
  var field = form.querySelector("input"), said = form.querySelector("[role=status]"), list = form.querySelector("ol");
  var none = form.lastElementChild, root = form.getAttribute("data-root"), asked = false, waiting = 0, index;

  function words(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase().match(/[a-z0-9]+/g) || [];
  }
  function anchor(heading) { return heading.toLowerCase().replace(/[^a-z0-9 -]/g, "").replace(/[ -]+/g, "-"); }

  // pages: address, title, description, then a word list and heading by turns. Each becomes numbered places: the page's
  // top and its headings. found: stem -> place -> weight. spelt: word -> its stem.
  function read(file, topics) {
    var made = { places: [], found: {}, spelt: {}, same: {}, stop: {}, pages: file.pages.length }, at = {};
    words(file.stop).forEach(function (word) { made.stop[" " + word] = true; });
    Object.keys(file.same).forEach(function (word) {
      made.same[" " + word] = file.same[word];
      made.spelt[" " + word] = " " + word;
    });
    function note(place, text, weight, stemmed) {
      words(text).forEach(function (word) {
        var key = " " + (stemmed ? word : stem(word));
        made.spelt[" " + word] = key;
        made.found[key] = made.found[key] || {};
        made.found[key][place] = (made.found[key][place] || 0) + weight;
      });
    }
    file.pages.forEach(function (page, number) {
      for (var i = 3; i < page.length; i += 2) {
        var heading = i > 3 ? page[i - 1].split("#") : ["", ""];
        var place = made.places.length, id = heading.length > 1 ? heading[1] : anchor(heading[0]);
        made.places.push({ page: number, title: page[1], heading: heading[0], context: page[2], url: page[0] + (id && "#" + id) });
        if (i === 3 || id) at[made.places[place].url] = place;
        note(place, heading[0], 5);
        note(place, page[i], 2, true);
        if (i === 3) { note(place, page[1], 8); note(place, page[2], 4); }
      }
    });
    topics.forEach(function (topic) {
      var place = at[topic[0]];
      if (place >= 0) note(place, topic[1], 6);
    });
    return made;
  }

  // One letter too few, too many, wrong, or two swapped.
  function near(one, other) {
    var from = 0, end = 0, longest = Math.max(one.length, other.length), shortest = Math.min(one.length, other.length);
    if (longest - shortest > 1) return false;
    while (from < shortest && one.charAt(from) === other.charAt(from)) from++;
    while (end < shortest - from && one.charAt(one.length - 1 - end) === other.charAt(other.length - 1 - end)) end++;
    return longest - from - end < 2 || one.length === other.length && longest - from - end === 2 &&
      one.charAt(from) === other.charAt(from + 1) && one.charAt(from + 1) === other.charAt(from);
  }

  // What one typed word stands for: stem -> how much it counts. Its own stems and synonyms; if there are none, words
  // that begin with it, then words it has one or two letters more than, then words one letter off.
  function meant(made, word) {
    var keys = {}, any = false, typed = " " + word;
    function add(key, much) { if (made.found[key]) { keys[key] = Math.max(keys[key] || 0, much); any = true; } }
    function take(key, much) {
      add(key, much);
      (made.same[key] || "").split(" ").forEach(function (other) { add(" " + other, much * 0.8); });
    }
    roots(word).forEach(function (each, i) { take(" " + each, i ? 0.7 : 1); });
    function among(fits) {
      if (!any) Object.keys(made.spelt).forEach(function (each) { if (fits(each)) take(made.spelt[each], 0.6); });
    }
    if (word.length > 2) among(function (each) { return each.indexOf(typed) === 0; });
    among(function (each) { return each.length > 4 && each.length > typed.length - 3 && typed.indexOf(each) === 0; });
    if (word.length > 4) among(function (each) { return near(each, typed); });
    return keys;
  }

  // The best place of each page, the best page first; at most eight.
  function search(made, text) {
    // A telephone number is one word however it is spaced, and begins with 0 as from within Indonesia.
    var all = words(text.replace(/\d[\d ().-]{5,}\d/g, function (word) {
      return word.replace(/\D/g, "").replace(/^62/, "0");
    })).filter(function (word) { return word.length > 1; }), pages = {};
    var telling = all.filter(function (word) { return !made.stop[" " + word]; });
    (telling.length ? telling : all).forEach(function (word) {
      var keys = meant(made, word), here = {}, rare = {}, count;
      Object.keys(keys).forEach(function (key) {
        Object.keys(made.found[key]).forEach(function (place) {
          here[place] = Math.max(here[place] || 0, keys[key] * Math.sqrt(made.found[key][place]));
          rare[made.places[place].page] = true;
        });
      });
      count = Math.log(1 + made.pages / Object.keys(rare).length);
      var most = {};
      Object.keys(here).forEach(function (place) {
        var page = made.places[place].page, one = pages[page] = pages[page] || { score: 0, words: 0, places: {} };
        one.places[place] = one.places[place] || { score: 0, words: 0 };
        one.places[place].score += count * here[place];
        one.places[place].words++;
        most[page] = Math.max(most[page] || 0, count * here[place]);
      });
      Object.keys(most).forEach(function (page) { pages[page].score += most[page]; pages[page].words++; });
    });
    // A heading is the nearer answer when it has as many of several words as the page's top.
    function nearest(one) {
      return Object.keys(one.places).map(Number).sort(function (a, b) {
        var first = one.places[a], other = one.places[b];
        return other.words - first.words || (first.words > 1 && isTop(a) - isTop(b)) || other.score - first.score || a - b;
      })[0];
    }
    function isTop(place) { return made.places[place].heading ? 0 : 1; }
    var best = Object.keys(pages).map(function (page) {
      return { place: made.places[nearest(pages[page])], score: pages[page].score * pages[page].words };
    }).sort(function (a, b) { return b.score - a.score || a.place.page - b.place.page; });
    return best.filter(function (each) { return each.score * 5 > best[0].score; }).slice(0, 8);
  }

  function show() {
    var typed = field.value.trim(), enough = typed.length > 2, results = enough && index ? search(index, typed) : [];
    list.textContent = "";
    results.forEach(function (each) {
      var row = list.appendChild(document.createElement("li")), link = row.appendChild(document.createElement("a"));
      link.href = root + each.place.url;
      link.textContent = each.place.title + (each.place.heading && " › " + each.place.heading);
      row.appendChild(document.createElement("p")).textContent = each.place.context;
    });
    none.hidden = !enough || !index || results.length > 0;
    if (index) said.textContent = enough ? said.getAttribute(results.length ? "data-some" : "data-none").replace("%n", results.length).replace("%q", function () { return typed; }) : "";
    // For whoever comes back to the page; not in the address, which the list of visited pages shows to others.
    history.replaceState({ find: typed }, "", location.pathname);
  }

  function topics() {
    var base = document.createElement("a");
    base.href = root;
    return Array.prototype.map.call(document.querySelectorAll("article li a"), function (link) {
      return [link.href.slice(base.href.length), link.textContent];
    });
  }

  function load() {
    if (asked) return;
    asked = true;
    fetch(form.getAttribute("data-index")).then(function (answer) {
      if (!answer.ok) throw answer.status;
      return answer.json();
    }).then(function (file) {
      index = read(file, topics());
      show();
    }).catch(function () {
      asked = false;
      said.textContent = said.getAttribute("data-fails");
    });
  }

  field.addEventListener("focus", load);
  field.addEventListener("input", function () {
    load();
    clearTimeout(waiting);
    waiting = setTimeout(show, 100);
  });
  form.addEventListener("submit", function (event) {
    event.preventDefault();
    show();
    var first = list.querySelector("a");
    if (first) first.focus();
  });
  form.hidden = false;
  field.value = history.state && history.state.find || "";
  if (/^#q=/.test(location.hash)) {
    // Written by hand it may be no code: 100% is then taken as it stands.
    field.value = location.hash.slice(3);
    try { field.value = decodeURIComponent(field.value); } catch (uncoded) {}
  }
  if (field.value) load();
})();
