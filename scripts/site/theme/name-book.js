// Which of a list's names and numbers are what somebody typed, a part of it, or near it. No page, no request; ES5.
//
// Two spellings of a name are compared, both without legal form, case, accents, marks and spaces:
// plain     as printed, folded as scripts/lists/names.py does; only what is the same here is called the same name
// sounding  the spellings before and after the reform of 1972 (Ejaan yang Disempurnakan) made one, with those of
//           1901 and 1947: oe is u, tj is c, dj is j, ch is kh, nj is ny, sj is sy. Old j is new y, so j and y are one
//           letter. A dropped h and a doubled letter are what ears miss. Only ever a reason to call a name near.
function NameBook() {
  var FORM = /^(p\s*\.?\s*t|c\s*\.?\s*v)(?![a-z0-9])[\s.,]*/, AFTER = /[\s,]+(p\s*\.?\s*t\.?|c\s*\.?\s*v\.?)$/;
  var EDIT = 10, GOES_ON = 3, INSIDE = 6, WORDS = 8, BEGINS = 9, NEVER = 1000;

  function folded(text) {
    text = text.toLowerCase();
    if (text.normalize) text = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
    return text.trim().replace(FORM, "").replace(AFTER, "").replace(/['`\u00b4\u2018\u2019\u02bc".]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
  }

  function sounding(text) {
    return text.replace(/oe/g, "u").replace(/tj/g, "c").replace(/dj/g, "j").replace(/ch/g, "k").replace(/j/g, "y").replace(/h/g, "")
      .replace(/(.)\1+/g, "$1");
  }

  function squeezed(text) { return text.toLowerCase().replace(/[^a-z0-9]/g, ""); }

  function spelt(text) {
    var words = folded(text).split(" "), plain = words.join("");
    return { words: words, plain: plain, sound: sounding(plain.replace(/^pt(?=[a-z]{5})/, "")) };
  }

  // One slip in each four letters is still near, and never more than four.
  function allowed(length) { return Math.min(4, Math.floor(length / 4)); }

  // Slips (a letter too many, missing, wrong, or two neighbours swapped: optimal string alignment, Damerau 1964)
  // between two texts: `whole`; `head`, one and the beginning of other; `tail`, other and the beginning of one.
  // Gives up beyond `most`.
  var before = [], last = [], row = [], whole, head, tail;
  function compare(one, other, most) {
    var i, j, best, least, lowest = 0, swap;
    whole = head = tail = NEVER;
    for (j = 0; j <= other.length; j++) last[j] = j;
    for (i = 1; i <= one.length; i++) {
      row[0] = best = i;
      for (j = 1; j <= other.length; j++) {
        least = last[j - 1] + (one.charCodeAt(i - 1) === other.charCodeAt(j - 1) ? 0 : 1);
        if (last[j] + 1 < least) least = last[j] + 1;
        if (row[j - 1] + 1 < least) least = row[j - 1] + 1;
        if (i > 1 && j > 1 && one.charCodeAt(i - 1) === other.charCodeAt(j - 2) && one.charCodeAt(i - 2) === other.charCodeAt(j - 1)) {
          swap = before[j - 2] + 1;
          if (swap < least) least = swap;
        }
        row[j] = least;
        if (least < best) best = least;
      }
      if (row[other.length] < tail) tail = row[other.length];
      if (best > most && lowest > most) return;
      lowest = best;
      swap = before; before = last; last = row; row = swap;
    }
    whole = last[other.length];
    for (j = 0; j <= other.length; j++) if (last[j] < head) head = last[j];
  }

  var words = [], known = {}, book = [];

  // One more name, with its numbers, at the end of the list.
  this.add = function (printed, numbers) {
    var name = spelt(printed);
    name.numbers = numbers.map(squeezed);
    name.places = name.words.map(function (word) {
      var sound = sounding(word);
      if (!known.hasOwnProperty(sound)) known[sound] = words.push(sound) - 1;
      return known[sound];
    });
    return book.push(name);
  };

  // For each word of the list, the slips between it, or its beginning, and one typed word.
  function byWord(typed) {
    var sound = sounding(typed), most = allowed(sound.length);
    return words.map(function (word) {
      compare(sound, word, most);
      return head <= most ? head : NEVER;
    });
  }

  function wordsCost(name, tables) {
    return tables.reduce(function (sum, table) {
      return sum + Math.min.apply(null, name.places.map(function (at) { return table[at]; }));
    }, 0);
  }

  function nameCost(typed, name, tables) {
    var most = allowed(typed.sound.length), longest = allowed(name.sound.length), cost = NEVER, slips;
    compare(typed.sound, name.sound, Math.max(most, longest));
    if (whole <= Math.max(most, longest)) cost = whole * EDIT;
    if (head <= most) cost = Math.min(cost, head * EDIT + GOES_ON);
    if (name.sound.length > 6 && tail <= longest) cost = Math.min(cost, tail * EDIT + BEGINS);
    if (typed.sound.length > 3 && name.sound.indexOf(typed.sound) > 0) cost = Math.min(cost, INSIDE);
    slips = wordsCost(name, tables);
    return slips <= most ? Math.min(cost, slips * EDIT + WORDS) : cost;
  }

  function isPart(typed, name) {
    return name.plain.indexOf(typed.plain) >= 0 || typed.words.every(function (word) {
      return name.words.some(function (other) { return other.indexOf(word) === 0; });
    });
  }

  function byName(text) {
    var typed = spelt(text), tables = typed.words.map(byWord), found = [];
    book.forEach(function (name, at) {
      var cost = nameCost(typed, name, tables), same = typed.plain === name.plain;
      if (cost >= NEVER) return;
      found.push({ at: at, cost: same ? -1 : cost, number: false, match: same ? "same" : isPart(typed, name) ? "part" : "near",
        apart: Math.abs(typed.plain.length - name.plain.length) });
    });
    return found;
  }

  // A number is the same, begins like this, or (from 12 digits) has one slip.
  function byNumber(typed) {
    var found = [];
    book.forEach(function (name, at) {
      name.numbers.forEach(function (number) {
        var match = number === typed ? "same" : number.indexOf(typed) === 0 ? "part" : "";
        if (!match && typed.length > 11) {
          compare(typed, number, 1);
          if (whole <= 1) match = "near";
        }
        if (match) found.push({ at: at, cost: { same: -1, part: GOES_ON, near: EDIT }[match], number: true, match: match, apart: 0 });
      });
    });
    return found;
  }

  // Where something is found without a slip, a name that only begins or goes on like it, and with slips, is noise.
  // What is like it as a whole stays: its cost is all slips.
  function without(found) {
    var clear = found.some(function (hit) { return hit.cost < EDIT; });
    return clear ? found.filter(function (hit) { return hit.cost < EDIT || hit.cost % EDIT === 0; }) : found;
  }

  // Places in the list, best first; null for less than three letters or digits. A text with three digits or more is
  // looked up among the numbers alone: by its digits, or as it is when it is a decree's (KEP. 459/MEN/2006).
  this.find = function (text) {
    var digits = text.replace(/\D/g, ""), numbers = digits.length > 2;
    if (!numbers && folded(text).replace(/ /g, "").length < 3) return null;
    return without(numbers ? byNumber(text.indexOf("/") < 0 ? digits : squeezed(text)) : byName(text)).sort(function (one, other) {
      return one.cost - other.cost || one.apart - other.apart || one.at - other.at;
    });
  };
}
