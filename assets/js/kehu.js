// The scripts of every page are served as one. All of them only add comfort: pages read and submit without them.
document.documentElement.classList.add("is-scripted");
