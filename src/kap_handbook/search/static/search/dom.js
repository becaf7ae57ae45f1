// Makes elements. Text becomes text: nothing that was typed or read is ever parsed as HTML.
"use strict";
window.kapSearch.element = function (name, properties = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") made.setAttribute(key, value);
    else made[key] = value;
  }
  made.append(...children);
  return made;
};
