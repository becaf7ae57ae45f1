// Leads from an old address to the new one, and takes along what follows it.
"use strict";
location.replace(document.querySelector("a").href + location.search + location.hash);
