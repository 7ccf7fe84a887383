// The scripts of every page. All of them only add comfort: pages read and submit without them.
import "./board.js";
import "./csrf.js";
import "./dialogs.js";
import "./drafts.js";
import "./drop.js";
import "./forms.js";
import "./groups.js";
import "./keys.js";
import "./live.js";
import "./print.js";

document.documentElement.classList.add("is-scripted");
