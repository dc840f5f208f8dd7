// What is nicer with a script; everything works without it.
//
// All listen on the document, so that parts of the page can be put in anew at any time; whoever does
// so then dispatches the event "shown" on the document.

import "./back.js";
import "./combobox.js";
import "./drawer.js";
import "./facets.js";
import "./filters.js";
import "./histogram.js";
import "./keys.js";
import "./pictures.js";
import "./reader.js";
import "./themes.js";
import "./recent.js";
// Last, as it leads on only where no other script has.
import "./live.js";
