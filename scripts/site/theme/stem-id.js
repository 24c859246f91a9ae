// The Indonesian stemmer of Snowball 3.1 (F. Z. Tala, 2003): the same stem for a word typed here as the build gave it.
// For a to z in small letters. tests/test_stems.py compares it with the library.
function stem(word) {
  var prefix = 0, at = 0, found;
  function long() { return word.replace(/[^aeiou]/g, "").length > 2; }
  function ending() {
    if (/an$/.test(word)) {
      if (prefix !== 2 && prefix !== 3 && /kan$/.test(word)) word = word.slice(0, -3);
      else if (prefix === 1) return false;
      else word = word.slice(0, -2);
      return true;
    }
    if (prefix > 2 || !/i$/.test(word) || /si$/.test(word)) return false;
    word = word.slice(0, -1);
    return true;
  }
  function second() {
    found = /^(?:[bp]er|[bp]el(?=ajar)|be(?=[^aeiou]er)|pe)/.exec(word.slice(at));
    if (!found) return;
    prefix = found[0].charAt(0) === "b" ? 4 : found[0] === "pel" ? prefix : 2;
    word = word.slice(0, at) + word.slice(at + found[0].length);
  }
  if (!long()) return word;
  word = word.replace(/(?:kah|lah|pun)$/, "");
  if (!long()) return word;
  word = word.replace(/(?:nya|ku|mu)$/, "");
  if (!long()) return word;
  found = /^(?:meng|men|mem|me|peng|pen|pem|ke|di|ter)/.exec(word);
  if (found) {
    found = found[0];
    prefix = /^[pk]/.test(found) ? 3 : 1;
    word = word.slice(found.length);
    if (/en$/.test(found) && /^y[aeiou]/.test(word)) { word = "s" + word.slice(1); at = 1; }
    if (/em$/.test(found) && /^[aeiou]/.test(word)) { word = "p" + word; at = 1; }
    if (long() && ending() && long()) second();
  } else {
    second();
    if (long()) ending();
  }
  return word;
}

// The stems a word may have, its own first. Snowball leaves open whether the t, k or n that me- and pe- swallow was
// there: menipu gives ipu, ditipu gives tipu. Each is tried for the other.
function roots(word) {
  var own = stem(word), swallowed = /^[mp]en(g?)[aeiou]/.exec(word), all = [own];
  if (swallowed) all.push((swallowed[1] ? "k" : "t") + own, "n" + own);
  if (/^[tkn][aeiou]/.test(own)) all.push(own.slice(1));
  return all;
}
