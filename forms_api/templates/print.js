// A button to print by, for whoever has JavaScript; the browser's own menu prints too. ES5.
(function () {
  var button = document.getElementById("print");
  button.hidden = false;
  button.onclick = function () { window.print(); };
})();
