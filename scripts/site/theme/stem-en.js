// The English stemmer of Snowball 3.1 (M. F. Porter's second one): the same stem for a word typed here as the build
// gave it. For a to z in small letters, without apostrophes. tests/test_stems.py compares it with the library.
function stem(word) {
  var fixed = { skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli", only: "onli", singly: "singl" };
  var found, first, second, short = /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$|past$/;
  var longer = {
    tional: "tion", ational: "ate", ation: "ate", ator: "ate", enci: "ence", anci: "ance", abli: "able", entli: "ent",
    izer: "ize", ization: "ize", alism: "al", aliti: "al", alli: "al", fulness: "ful", fulli: "ful", ousli: "ous",
    ousness: "ous", iveness: "ive", iviti: "ive", biliti: "ble", bli: "ble", ogist: "og", lessli: "less"
  };
  var shorter = { tional: "tion", ational: "ate", alize: "al", icate: "ic", iciti: "ic", ical: "ic", ful: "", ness: "" };
  // Cuts the ending that a pattern finds, if it begins where it may, and puts another in its place.
  function cut(pattern, from, instead) {
    found = pattern.exec(word);
    if (!found || found.index < from) return;
    word = word.slice(0, found.index) + (typeof instead === "string" ? instead : instead[found[0]]);
  }
  if (fixed.hasOwnProperty(word)) return fixed[word];
  if (word.length < 3 || /^(?:sky|news|howe|atlas|cosmos|bias|andes)$/.test(word)) return word;
  word = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  found = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)|^.*?[aeiouy][^aeiouy]/.exec(word);
  first = found ? found[0].length : word.length;
  found = /^.*?[aeiouy][^aeiouy]/.exec(word.slice(first));
  second = found ? first + found[0].length : word.length;

  if (/sses$/.test(word)) word = word.slice(0, -2);
  else if (/ie[sd]$/.test(word)) word = word.slice(0, word.length > 4 ? -2 : -1);
  else if (/[aeiouy].+s$/.test(word) && !/[us]s$/.test(word)) word = word.slice(0, -1);

  found = /(?:eed|ed|ing)(?:ly)?$/.exec(word);
  if (found && /^eed/.test(found[0])) {
    if (found.index >= first && !/^(?:succ|proc|exc)eed/.test(word)) word = word.slice(0, found.index + 2);
  } else if (found && /^[^aeiouy]ying$/.test(word)) word = word.charAt(0) + "ie";
  else if (found && !/^(?:even|cann|inn|earr|herr|out)ing$/.test(word) && /[aeiouy]/.test(word.slice(0, found.index))) {
    word = word.slice(0, found.index);
    if (/(?:at|bl|iz)$/.test(word)) word += "e";
    else if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(word)) word = /^[aeo]..$/.test(word) ? word : word.slice(0, -1);
    else if (word.length === first && short.test(word)) word += "e";
  }
  word = word.replace(/^(.+[^aeiouy])[yY]$/, "$1i");

  found = /(?:ational|tional|ization|ation|enci|anci|abli|entli|izer|ator|alism|aliti|alli|fulness|fulli|ousli|ousness|iveness|iviti|biliti|bli|ogist|ogi|lessli|li)$/.exec(word);
  if (found && longer[found[0]]) cut(new RegExp(found[0] + "$"), first, longer);
  else if (/logi$/.test(word)) cut(/ogi$/, first, "og");
  else if (/[cdeghkmnrt]li$/.test(word)) cut(/li$/, first, "");
  if (/ative$/.test(word)) cut(/ative$/, second, "");
  else cut(/(?:ational|tional|alize|icate|iciti|ical|ful|ness)$/, first, shorter);
  if (!/[^st]ion$/.test(word)) cut(/(?:ement|ment|ent|ance|ence|able|ible|al|er|ic|ant|ism|ate|iti|ous|ive|ize|ion)$/, second, "");

  if (/e$/.test(word) && (word.length > second || word.length > first && !short.test(word.slice(0, -1)))) word = word.slice(0, -1);
  else if (/ll$/.test(word) && word.length > second) word = word.slice(0, -1);
  return word.replace(/Y/g, "y");
}

function roots(word) { return [stem(word)]; }
