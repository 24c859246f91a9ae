// Which of a list's names and numbers are what somebody typed, a part of it, or near it. No page, no request; ES5.
//
// Two spellings of a name are compared, both without legal form, case, accents, marks and spaces:
// plain     as printed, folded as scripts/lists/names.py does; only what is the same here is called the same name
// sounding  the spellings before and after the reform of 1972 (Ejaan yang Disempurnakan) made one, with those of
//           1901 and 1947: oe is u, tj is c, dj is j, ch is kh, nj is ny, sj is sy. Old j is new y, so j and y are one
//           letter. A dropped h and a doubled letter are what ears miss. Only ever a reason to call a name near.
//
// What is typed may be more than a name: a line of a letterhead, or a message with a telephone number. So names are also
// looked for within it, and beside letters a number answers together with the name, never instead of it.
function NameBook() {
  var FORM = /^(p\s*\.?\s*t|c\s*\.?\s*v)(?![a-z0-9])[\s.,]*/, AFTER = /[\s,]+(p\s*\.?\s*t\.?|c\s*\.?\s*v\.?)$/;
  var INNER = /(?:^|[^a-z0-9])(?:p\s?\.?\s?t|c\s?\.?\s?v)(?![a-z0-9])/;
  // Words that stand between a name and what is no part of it, and before a number.
  var SIGN = "telp?|tel[ep]+on|tlpn?|hp|phone|call|hub|hubungi|cp|wa|whatsapp|fax|email|jln?|jalan|alamat|address|street|kantor|" +
    "nomor|nomer|no|number|nib|induk|berusaha|izin|ijin|sip|sippmi|siup|licen[cs]e|kep|men|oss|tahun|thn|year";
  var SIGNS = new RegExp("^(" + SIGN + ")$"), LABEL = /[a-z]+\d[a-z]+/g, STOP = new RegExp("[,;:()\\[\\]|/]|\\d|\\s(" + SIGN + ")(?![a-z])");
  var EDIT = 10, HELD = 0, GOES_ON = 3, INSIDE = 6, WORDS = 8, BEGINS = 9, NEVER = 1000;

  // Small letters without accents, and the digits that Arabic and Persian write as ours.
  function latin(text) {
    text = text.toLowerCase().replace(/[\u0660-\u0669\u06f0-\u06f9]/g, function (digit) { return digit.charCodeAt(0) & 15; });
    return (text.normalize ? text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "") : text).trim();
  }

  function folded(text) {
    return latin(text).replace(FORM, "").replace(AFTER, "").replace(/['`\u00b4\u2018\u2019\u02bc".]/g, "").replace(/[^a-z0-9]+/g, " ").trim();
  }

  function sounding(text) {
    return text.replace(/oe/g, "u").replace(/tj/g, "c").replace(/dj/g, "j").replace(/ch/g, "k").replace(/j/g, "y").replace(/h/g, "")
      .replace(/(.)\1+/g, "$1");
  }

  function squeezed(text) { return latin(text).replace(/[^a-z0-9]/g, ""); }

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

  // For each word of the list, the slips between it, or its beginning, and one typed word. A word of nothing that
  // sounds, such as hhh, is like none.
  function byWord(typed) {
    var sound = sounding(typed), most = allowed(sound.length);
    return words.map(function (word) {
      if (sound) compare(sound, word, most);
      return sound && head <= most ? head : NEVER;
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

  // From three sounding letters on, what is near is found too; of less, only what stands in the name as typed.
  function byName(text) {
    var typed = spelt(text), heard = typed.sound.length > 2, tables = heard ? typed.words.map(byWord) : [], found = [];
    book.forEach(function (name, at) {
      var same = typed.plain === name.plain, part = isPart(typed, name), cost = heard ? nameCost(typed, name, tables) : NEVER;
      if (part) cost = Math.min(cost, WORDS);
      if (cost < NEVER) found.push(hit(at, same ? -1 : cost, same ? "same" : part ? "part" : "near", Math.abs(typed.plain.length - name.plain.length)));
    });
    return found;
  }

  function hit(at, cost, match, apart, number) {
    return { at: at, cost: cost, match: match, apart: apart, number: !!number, exact: match === "same" };
  }

  // The names that stand letter for letter in what was typed, from the beginning of a word to the end of one. Where all
  // of it is a name of the list, a shorter name within it is another company.
  function held(text) {
    var typed = spelt(text), edges = {}, length = 0, found = [];
    if (book.some(function (name) { return name.plain === typed.plain; })) return found;
    typed.words.forEach(function (word) { edges[length] = true; length += word.length; });
    edges[length] = true;
    book.forEach(function (name, at) {
      for (var start = typed.plain.indexOf(name.plain); start >= 0; start = typed.plain.indexOf(name.plain, start + 1)) {
        var end = start + name.plain.length;
        if (edges[start] && (edges[end] || /\d/.test(typed.plain.charAt(end)))) {
          found.push(hit(at, HELD, "held", length - name.plain.length));
          return;
        }
      }
    });
    return found;
  }

  // Names in what stands before a mark, a digit or a sign, from the beginning or from a legal form. Where that finds
  // nothing, its words are dropped from the end: Bumi Mas Sudirman 12 is Bumi Mas in the Sudirman street. Behind a legal
  // form within a sentence a name has five letters or more, since "PT ini" is none.
  function byPiece(text) {
    var found = [];
    latin(text).split(INNER).forEach(function (piece, number) {
      var whole = piece.replace(/^[^a-z0-9]+/, ""), stop = whole.search(STOP), name = folded(stop < 0 ? whole : whole.slice(0, stop));
      if (name.replace(/ /g, "").length < (number ? 5 : 3) || name === folded(text)) return;
      var here = byName(name), typed = name.split(" ");
      while (stop >= 0 && !here.length && typed.length > 2) {
        typed.pop();
        here = parts(spelt(typed.join(" ")));
      }
      found = found.concat(here);
    });
    found.forEach(function (each) {
      if (each.match === "same") { each.match = "held"; each.cost = HELD; each.exact = false; }
    });
    return found;
  }

  function parts(typed) {
    var found = [];
    book.forEach(function (name, at) {
      if (isPart(typed, name)) found.push(hit(at, INSIDE, "part", Math.abs(typed.plain.length - name.plain.length)));
    });
    return found;
  }

  // A number is the same, begins like this, or (from 12 digits) has one slip; or it stands in a longer text.
  function byNumber(typed, least) {
    var found = [];
    book.forEach(function (name, at) {
      name.numbers.forEach(function (number) {
        var match = number === typed || number.length > 5 && typed.length > number.length + 2 && typed.indexOf(number) >= 0 ? "same" : "";
        if (!match && typed.length >= least && number.indexOf(typed) === 0) match = "part";
        if (!match && typed.length > 11) {
          compare(typed, number, 1);
          if (whole <= 1) match = "near";
        }
        if (match) found.push(hit(at, { same: -1, part: GOES_ON, near: EDIT }[match], match, 0, true));
      });
    });
    return found;
  }

  // A text with three digits or more: by its digits, or as it is when it is a decree's (KEP. 459/MEN/2006). Beside a
  // name a number counts from six digits on (a year and a house have less), and is exact only when its own name is there.
  function numbers(text, named, names) {
    var plain = latin(text).replace(LABEL, " "), found = [];
    if (!named) return byNumber(plain.replace(text.indexOf("/") < 0 ? /\D/g : /[^a-z0-9]/g, ""), 3);
    (plain.match(/\d+(?:[ .-]+\d+)*/g) || []).map(squeezed).concat(squeezed(plain)).forEach(function (run) {
      found = found.concat(byNumber(run, 6));
    });
    found.forEach(function (each) {
      each.exact = each.exact && names.some(function (name) { return name.at === each.at && name.cost <= HELD; });
    });
    return found;
  }

  // Where something is found without a slip, a name that only begins or goes on like it, and with slips, is noise.
  // What is like it as a whole stays: its cost is all slips.
  function without(found) {
    var clear = found.some(function (hit) { return hit.cost < EDIT; });
    return clear ? found.filter(function (hit) { return hit.cost < EDIT || hit.cost % EDIT === 0; }) : found;
  }

  // One hit for each entry: the best.
  function joined(found) {
    var best = {};
    found.forEach(function (hit) {
      if (!best[hit.at] || hit.cost < best[hit.at].cost) best[hit.at] = hit;
    });
    return Object.keys(best).map(function (at) { return best[at]; });
  }

  // Whether there is anything in another script, such as Arabic, or a picture.
  this.unread = function (text) { return /[^\x00-\xbf\u2000-\u206f]/.test(latin(text)); };

  // Places in the list, best first; null for less than three letters or digits. Digits without the letters of a name
  // are looked up among the numbers alone.
  this.find = function (text) {
    var plain = folded(text), many = latin(text).replace(/\D/g, "").length > 2, named, names = [];
    if (!many && plain.replace(/ /g, "").length < 3) return null;
    named = !many || plain.replace(LABEL, " ").split(/[\d ]+/).filter(function (word) { return !SIGNS.test(word); }).join("").length > 2;
    if (named) names = without(joined(held(text).concat(byName(text), byPiece(text))));
    return joined((many ? numbers(text, named, names) : []).concat(names)).sort(function (one, other) {
      return one.cost - other.cost || one.apart - other.apart || one.at - other.at;
    });
  };
}
