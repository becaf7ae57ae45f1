// Words: how text and queries are taken apart. The same rules hold for both, so that they meet.
"use strict";
window.kapSearch.words = (function () {
  const UNIT = {
    "mg/kg/h": /mg\/kg\/h(?:r|our)?/, "mg/kg": /mg\/kg/, "mcg/kg": /mcg\/kg/, "mg/ml": /mg\/ml/,
    "mg/day": /mg\/d(?:ay)?/, mmhg: /mmhg/, "mmol/l": /mmol\/l/, mcg: /mcg/, mg: /mg/, kg: /kg/,
    ml: /ml/, cm: /cm/, "%": /%/, min: /min(?:ute)?s?/, h: /h(?:(?:ou)?rs?)?/, sec: /sec(?:ond)?s?/,
    day: /days?/, week: /w(?:ee)?ks?/, month: /months?/, year: /y(?:ea)?rs?/, g: /g/, l: /l/,
  };
  const UNITS = Object.values(UNIT).map((unit) => unit.source).join("|");
  const NUMBER = "\\d+(?:\\.\\d+)?";
  // In groups: a blood pressure; a number, the other end of its range and its unit; a bare number; a
  // word. Groups with names would cost twice the time.
  const TOKEN = new RegExp(
    "((?<![\\d.])\\d{2,3}/\\d{2,3}(?!\\d))" +
      `|(${NUMBER})(?:\\s?[-–—]\\s?(${NUMBER}))?[\\s-]?(${UNITS})(?![\\p{L}\\d])` +
      `|(${NUMBER})(?![\\p{L}\\p{N}])` +
      "|([\\p{L}\\p{N}]+(?:[-'.][\\p{L}\\p{N}]+)*)",
    "gu",
  );
  const NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    "ten", "eleven", "twelve"];
  const NUMBER_WORD = new RegExp(
    `\\b(${NUMBERS.join("|")})[\\s-](?=(?:min|hour|day|week|month|year))`, "g");
  // Small words say little of what is sought. They weigh next to nothing, and are used when a query
  // has nothing else.
  const SMALL = new Set(("a about after all also am an and any are as at be because been before being but by " +
    "can could did do does for from get give given go got had has have he her him his how i if in " +
    "into is it its just make many may me might more most much must my need no not of off on one or " +
    "our out over own she should so some take than that the their them then there these they " +
    "this those to too under up us use used using very was we were what when where which while " +
    "who why will with without would you your someone somebody anyone people person patient " +
    "patients ketamine treatment also any anything client clients everything happen " +
    "happened happens here herself himself itself keep keeps know known knows let lets like " +
    "matter matters mean means myself okay please quite really seem seems something " +
    "sort still themselves thing things think thinks try trying want wanted wants way well " +
    "whether yet yourself").split(" "));

  // Case, accents, ligatures and the many kinds of space do not count; nor does the dialect. A text
  // is looked through only for what it may hold.
  function fold(text) {
    let folded = /[^\0-\x7f]/.test(text) ? foldLetters(text) : text.toLowerCase();
    if (/ug|gram|kilo|cent|mm|mg|μg/.test(folded)) folded = foldUnits(folded);
    if (/\d/.test(folded)) folded = foldNumbers(folded);
    return folded.replace(NUMBER_WORD, (_, word) => `${NUMBERS.indexOf(word)} `);
  }

  function foldLetters(text) {
    return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
      .replace(/[‘’ʼ]/g, "'").replace(/[‐‑−]/g, "-").replace(/[\u00ad\u200b-\u200d\ufeff]/g, "");
  }

  function foldUnits(text) {
    return text.replace(/([μµ]|\bu)g\b/g, "mcg").replace(/\bmicrograms?\b/g, "mcg")
      .replace(/\bmilligrams?\b/g, "mg").replace(/\bkilo(?:gram)?s?\b/g, "kg")
      .replace(/\s*\bper cent\b|\bpercent\b/g, "%").replace(/\bmm hg\b/g, "mmhg")
      .replace(/\bmg\s*(?:per\s*|\/\s*)kg\b/g, "mg/kg").replace(/\bmg(?: per | a )day\b/g, "mg/day");
  }

  function foldNumbers(text) {
    return text.replace(/(\d),(?=\d{3}(?!\d))/g, "$1").replace(/(\d),(?=\d{1,2}(?!\d))/g, "$1.")
      .replace(/(?<![\d.])\.(?=\d)/g, "0.")
      .replace(/(?<![\d./])(\d{2,3}) over (?=\d{2,3}\b)/g, "$1/")
      .replace(/\bcyp[\s-]?(?=\d)/g, "cyp");
  }

  const units = new Map(); // those seen
  function unitOf(text) {
    if (!units.has(text)) {
      const found = Object.entries(UNIT).find(([, pattern]) => pattern.exec(text)?.[0] === text);
      units.set(text, found ? found[0] : text);
    }
    return units.get(text);
  }

  // One spelling for both sides of the Atlantic, and for what sounds the same.
  function spelling(word) {
    if (!/ae|oe|our|ph/.test(word)) return word; // most
    return word.replace(/ae|oe/g, "e").replace(/our(?=s?$|ed|ing|al)/, "or").replace(/ph/g, "f");
  }

  // Forms of a verb or noun that no ending tells.
  const IRREGULAR = new Map(Object.entries({
    begin: "began begun", break: "broke broken", bring: "brought", buy: "bought", child: "children",
    choose: "chose chosen", drink: "drank drunk", drive: "drove driven", eat: "ate eaten", fall: "fell fallen",
    feel: "felt", find: "found", forget: "forgot forgotten", give: "gave given", hold: "held", lose: "lost",
    man: "men", meet: "met", pay: "paid", rise: "rose risen", run: "ran", see: "saw seen", send: "sent",
    sleep: "slept", speak: "spoke spoken", stand: "stood", swell: "swollen", swear: "swore sworn", take: "took taken",
    teach: "taught", throw: "threw thrown", wake: "woke woken", wear: "wore worn", weep: "wept",
    woman: "women", write: "wrote written",
  }).flatMap(([word, forms]) => forms.split(" ").map((form) => [form, word])));

  // A light stem: enough for dose, doses, dosed and dosing to be one; no more.
  const stems = new Map();
  function stem(word) {
    let found = stems.get(word);
    if (found === undefined) {
      found = stemOf(word);
      stems.set(word, found);
    }
    return found;
  }
  const APART = /^emergenc(?:y|ies)$/; // "emergence" is waking up, with its delirium
  function stemOf(word) {
    word = IRREGULAR.get(word) || word;
    if (word.length < 4 || /\d/.test(word)) return word;
    if (APART.test(word)) return "emergenci";
    let w = spelling(word);
    w = w.replace(/ies$/, "y").replace(/(ss|sh|ch|x|z)es$/, "$1").replace(/([^sui])s$/, "$1");
    w = w.replace(/is(?=(?:e|ed|er|ing|ation)$)/, "iz");
    w = w.replace(/ically$|ical$/, "ic").replace(/([a-z]{3})ly$/, "$1");
    w = w.replace(/(.{5})(?:at(?:ion|ive|e|ed|ing|or))$/, "$1");
    w = w.replace(/nc[ey]$/, "nt").replace(/([st])i(?:on|ve|ng)$/, "$1").replace(/izat$/, "iz");
    const bare = w.replace(/(?:ing|ed)$/, "");
    if (bare !== w && bare.length > 2 && /[aeiouy]/.test(bare)) {
      w = bare.replace(/([bdgklmnprt])\1$/, "$1");
    }
    if (w.length > 3) w = w.replace(/e$/, "");
    return w.replace(/y$/, "i").replace(/(ll|tt|pp|rr|nn|mm)$/, (two) => two[0]);
  }

  // Calls *each* for every token of folded text: its index terms, where it stands, whether it is an
  // amount, and its words as they are spelt.
  function scan(folded, each) {
    TOKEN.lastIndex = 0;
    for (let match = TOKEN.exec(folded); match; match = TOKEN.exec(folded)) {
      const [, pressure, low, high, unit, number, word] = match;
      let terms;
      let spelt;
      if (pressure) terms = [pressure];
      else if (low) {
        const name = unitOf(unit);
        terms = [low + name];
        if (high) terms.push(high + name);
        terms.push(...(high ? [low, high] : [low]));
      } else if (number) terms = [number];
      else {
        spelt = spellingsOf(word);
        terms = spelt.map(stem);
      }
      each(terms, match.index, match[0], Boolean(low), spelt || terms);
    }
  }

  // A compound is one word, and each of its parts.
  function spellingsOf(word) {
    if (!/[-'.]/.test(word)) return [word];
    const parts = word.replace(/'s$/, "").split(/[-'.]/).filter(Boolean);
    return parts.length === 1 ? parts : [parts.join(""), ...parts];
  }

  // Most words are letters alone, and need no folding beyond their case; those that name a unit do.
  const LETTERS = /^[a-z]+$/i;
  const UNIT_NAME = /^(?:ug|micrograms?|milligrams?|kilo(?:gram)?s?|percent)$/;
  function isPlain(text) {
    return LETTERS.test(text) && !UNIT_NAME.test(text.toLowerCase());
  }

  // Calls *each* for every word of a text, as it is spelt, and its index term.
  function pairs(text, each) {
    if (isPlain(text)) {
      const word = text.toLowerCase();
      return each(spelling(word), stem(word));
    }
    scan(fold(text), (terms, at, raw, isMeasure, spelt) => {
      terms.forEach((term, number) => each(spelling(spelt[number]), term));
    });
  }

  // The index terms of a text.
  function terms(text) {
    if (isPlain(text)) return [stem(text.toLowerCase())];
    const found = [];
    scan(fold(text), (these) => found.push(...these));
    return found;
  }

  // The tokens of a name: for each its index terms, and the words as they are spelt.
  function nameTokens(text) {
    const found = [];
    scan(fold(text), (terms, at, raw, isMeasure, spelt) => {
      found.push({ term: terms[0], terms, spelt: spelt.map(spelling), small: SMALL.has(raw) });
    });
    return found;
  }

  // The tokens of a query: for each the term that says most, and what may stand for it.
  function queryTokens(text) {
    const found = [];
    const folded = fold(text);
    scan(folded, (these, at, raw, isMeasure, spelt) => {
      const token = { term: these[0], raw, others: [], small: SMALL.has(raw),
        end: at + raw.length, start: spelling(spelt[0]) };
      if (isMeasure) {
        token.others = these.slice(1).map((term) => ({ terms: [term], weight: 0.3 }));
        const [, amount, unit] = /^([\d.]+)(.+)$/.exec(these[0]);
        if (unit === "min" && amount % 60 === 0) token.others.push({ terms: [`${amount / 60}h`], weight: 0.9 });
        if (unit === "h") token.others.push({ terms: [`${amount * 60}min`], weight: 0.9 });
      } else if (these.length > 1) {
        token.others = [{ terms: these.slice(1), weight: 0.9 }];
      }
      found.push(token);
    });
    if (found.length) {
      // The last word may be the beginning of a longer one.
      found.at(-1).open = found.at(-1).end === folded.trimEnd().length && !/\s$/.test(text);
    }
    return found;
  }

  return { fold, scan, pairs, terms, nameTokens, queryTokens, stem };
})();
