// Mends what the viewer's markup does not tell those who do not see it: axe finds nothing on the page then. What is here
// names what it mends, so that it can go when the viewer has mended it.
"use strict";

(() => {
  const mends = [
    // A button is not selected: it is of the page that is shown.
    ["button[aria-selected]:not([role])", (button) => {
      if (button.getAttribute("aria-selected") === "true") button.setAttribute("aria-current", "page");
      else button.removeAttribute("aria-current");
      button.removeAttribute("aria-selected");
    }],
    // What is beside the text is that already, and only one place is where one navigates.
    ["aside[role]", (aside) => aside.removeAttribute("role")],
    // A button is no search: it opens one.
    ["button[role=search]", (button) => {
      button.removeAttribute("role");
      button.setAttribute("aria-label", "Search");
    }],
    // The examples of every operation have the same name: they are no places to go to.
    ["[role=region][aria-label='Example Responses']", (region) => region.setAttribute("role", "group")],
    ["button.scalar-code-copy:not([aria-label])", (button) => button.setAttribute("aria-label", "Copy")],
    // Its text is not there where there is little room.
    ["a[href*='//www.apache.org/licenses/']:not([aria-label])", (link) => link.setAttribute("aria-label", "Licence: Apache-2.0")],
    // Among tabs everything is one, also what opens a list of more.
    ["[role=tablist] button:not([role])", (button) => button.setAttribute("role", "tab")],
  ];
  const mend = () => {
    for (const [selector, by] of mends) document.querySelectorAll(selector).forEach(by);
  };
  new MutationObserver(mend).observe(document.getElementById("api"), {
    subtree: true,
    childList: true,
    attributes: true,
    attributeFilter: ["aria-selected", "role"],
  });
})();
