// The search field of the company list. Without this script the list is complete and the field is not shown.
(function () {
  var list = document.querySelector("[data-filter]");
  if (!list) return;
  var box = list.querySelector(".find"), field = box.querySelector("input"), said = box.querySelector("output");

  // Name and number without spaces and marks, so that AL - WIHDAH and ALWIHDAH are found by either spelling. Made
  // once, here: written into the page it would make the list half as heavy again.
  function squeezed(text) { return text.toLowerCase().replace(/[^a-z0-9]/g, ""); }
  var groups = Array.prototype.map.call(list.querySelectorAll(".letter"), function (section) {
    var rows = Array.prototype.map.call(section.querySelectorAll("li"), function (row) {
      var name = row.querySelector("b").textContent.replace(/^PT\.? /, ""), number = row.querySelector(".number");
      return { row: row, text: squeezed(name + (number ? number.textContent : "")) };
    });
    return { section: section, rows: rows };
  });
  var letters = list.querySelector(".letters");

  function show(element, visible) {
    // Touching an element that is already right would make the browser lay the list out again.
    if (element.hidden === visible) element.hidden = !visible;
  }

  function wanted(text) {
    return text.replace(/(\d)[\s.]+(?=\d)/g, "$1").split(/\s+/).map(squeezed).filter(function (word) { return word && word !== "pt"; });
  }

  function filter() {
    var words = wanted(field.value), found = 0, all = 0;
    groups.forEach(function (group) {
      var here = 0;
      group.rows.forEach(function (each) {
        var fits = words.every(function (word) { return each.text.indexOf(word) >= 0; });
        show(each.row, fits);
        if (fits) here++;
      });
      show(group.section, here > 0);
      found += here;
      all += group.rows.length;
    });
    show(letters, !words.length);
    var sentence = found ? said.getAttribute("data-some") : said.getAttribute("data-none");
    said.textContent = words.length ? sentence.replace("%n", found).replace("%all", all) : "";
  }

  var waiting = 0;
  field.addEventListener("input", function () {
    clearTimeout(waiting);
    waiting = setTimeout(filter, 120);
  });
  box.hidden = false;
  if (field.value) filter();
})();
