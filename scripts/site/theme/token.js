// Names the request before it is sent: whatever is sent twice (a double tap, a retry after a lost answer) is one
// request. 128 random bits as hex. Without a source of them the server makes a token of its own. No request; ES5.
(function () {
  var places = document.getElementsByName("token"), source = window.crypto, bytes, i, text = "";
  if (!source || !source.getRandomValues || !window.Uint8Array) return;
  bytes = new Uint8Array(16);
  source.getRandomValues(bytes);
  for (i = 0; i < bytes.length; i++) text += (bytes[i] + 256).toString(16).slice(1);
  for (i = 0; i < places.length; i++) if (!places[i].value) places[i].value = text;
})();
