// The engine: which documents answer a query, and in which order. It knows nothing of the page.
"use strict";
window.kapSearch.engine = (function () {
  const { words } = window.kapSearch;

  // Everything that decides the order stands here; `make bench-search` shows what a change does.
  const WEIGHTS = {
    fields: { title: 4, wordings: 3.5, names: 3.2, trail: 0.5, text: 1.3 },
    kinds: { question: 1.15, contraindication: 1.1, interaction: 1.1, "adverse-effect": 1.15,
      "practice-point": 0.8, finding: 0.8, dose: 0.85, term: 0.32, source: 0.35 },
    small: 0.6, // a word such as "the", in the comparison of names
    synonym: 0.75,
    misspelling: 0.9,
    everyday: 0.5, // an ordinary word for one of the book's
    prefix: 0.6,
    typo: 0.5,
    coverage: 1.3, // the power of the share of words that a document has
    rarity: 0.5, // in that share, the power of how rare a word is
    whole: 3.5, // a title or name is the query, word for word
    close: 2, // a title or name has most words in common with the query, and few others
    again: 0.8, // what a better result says already: the section around it, or an entry within
    page: 0.75, // a page as a whole, where a section of it would do
  };
  const MOST_WORDS = 16;
  const MOST_LETTERS = 200;
  const LOOKED_AT = 60; // results whose names are compared with the query
  const SECTION = "section";
  const SOURCE = "source";

  class Engine {
    constructor(data) {
      this.pages = data.pages.map(([address, title, above]) => ({ address, title, above }));
      this.gap = data.gap;
      this.kinds = new Map(data.kinds);
      this.kinds.set(SOURCE, "Source");
      this.kindNames = data.kinds.map(([name]) => name);
      this.documents = [];
      this.words = new Set(); // every term of the index
      const taken = new Map(); // the same trail comes again and again
      const terms = (text) => taken.get(text) || taken.set(text, words.terms(text)).get(text);
      this.names = index(["title", "names", "trail"], terms, this.words);
      this.wholes = new Map(); // which documents have this name, word for word
      data.documents.forEach((row) => this.addDocument(row));
      this.text = null;
      this.synonyms = synonymsOf(this.documents.filter(({ kind }) => kind === "term"));
      addEveryday(this.synonyms, data.everyday);
      this.answers = new Map(); // of a word, so that the next keystroke asks the last word only
    }

    // Takes over rows of the data; kap_handbook/search/write.py says what stands in them.
    addDocument([number, page, short, title, up, names = [], misspelt = 0]) {
      const id = this.documents.length;
      const kind = this.kindNames[number];
      const made = () => title.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
      const anchor = kind === SECTION ? short || made() : `${kind}-${short}`;
      const parent = this.documents[id - up];
      if (up) parent.hasParts = true;
      const { above } = this.pages[page];
      const trail = up ? [...parent.trail, parent.title] : above ? [this.pages[above].title] : [];
      this.add({ id, kind, page, anchor, title, names, misspelt, trail, isPage: !up,
        parent: up ? id - up : null });
    }

    add(document) {
      const { id, kind, title, names, trail } = document;
      this.documents.push(document);
      // Who types "discharge checklist" names the kind.
      const label = kind === SECTION ? [] : [this.kinds.get(kind)];
      this.names.add({
        id,
        title,
        names: names.join(" ; "),
        trail: [...trail, ...label].join(" ; "),
      });
      document.called = []; // the words of each of its names
      for (const name of [title, ...names]) this.call(document, name);
    }

    call(document, name) {
      if (document.kind === "term") return; // what the book says of it comes before the definition
      const tokens = words.queryTokens(name);
      const key = essenceOf(tokens);
      if (!key) return;
      document.called.push({ telling: key.split(" "), small: smallTerms(tokens) });
      this.wholes.set(key, (this.wholes.get(key) || new Set()).add(document.id));
    }

    // Takes over the rest, in small steps so that typing stays smooth.
    async addWords({ documents, wordings, words: lines, works }) {
      const pause = pauses();
      for (const row of documents) {
        this.addDocument(row);
        await pause();
      }
      for (const [page, anchor, title, byline] of works) {
        this.add({ id: this.documents.length, kind: SOURCE, page, anchor, title,
          names: [byline], misspelt: 0, trail: [this.pages[page].title, "Sources"], byline });
        await pause();
      }
      const others = new Map();
      for (const [id, ...names] of wordings) {
        others.set(id, names.flatMap(words.terms).join(" "));
        for (const name of names) this.call(this.documents[id], name);
        await pause();
      }
      const held = [];
      for (const line of lines.split("\n")) {
        const [word, gaps] = line.split("|");
        const terms = words.terms(word);
        let id = -1;
        for (const gap of gaps.split(" ")) {
          id += parseInt(gap || "0", 36) + 1;
          (held[id] ||= []).push(...terms);
        }
        await pause();
      }
      const text = index(["wordings", "text"], (terms) => terms.split(" "), this.words);
      for (let id = 0; id < this.documents.length; id += 1) {
        const terms = held[id] || [];
        if (terms.length || others.has(id)) {
          text.add({ id, wordings: others.get(id) || "", text: terms.join(" ") });
        }
        await pause();
      }
      this.text = text;
      this.answers.clear();
    }

    // Returns the documents that answer *query*, best first, with the index terms that they hold.
    search(query, { kind = "", most = 30 } = {}) {
      const tokens = words.queryTokens(query.slice(0, MOST_LETTERS)).slice(0, MOST_WORDS);
      const capitals = new Set(query.match(/\b\p{Lu}{2,}\b/gu)); // DID is no small word
      for (const token of tokens) token.small &&= !capitals.has(token.raw.toUpperCase());
      if (tokens.every((token) => token.small)) tokens.forEach((token) => (token.small = false));
      const concepts = this.concepts(tokens.filter((token) => !token.small));
      const answers = concepts.map((concept) => this.answer(concept));
      const scores = new Float64Array(this.documents.length);
      const covered = new Float32Array(this.documents.length);
      let size = 0;
      let weighed = 0;
      answers.forEach((answer, number) => {
        const weight = concepts[number].size * this.rarity(answer);
        for (const [id, { score }] of answer) {
          scores[id] += score;
          covered[id] += weight;
        }
        size += concepts[number].size;
        weighed += weight;
      });
      const whole = this.wholly(essenceOf(tokens));
      const found = [];
      for (const document of this.documents) {
        const { id } = document;
        if (!covered[id] || (kind && document.kind !== kind)) continue;
        scores[id] *= (covered[id] / weighed) ** WEIGHTS.coverage * (WEIGHTS.kinds[document.kind] || 1);
        if (document.isPage && document.hasParts) scores[id] *= WEIGHTS.page;
        if (whole.has(id)) scores[id] *= WEIGHTS.whole;
        found.push(id);
      }
      const byScore = (one, other) => scores[other] - scores[one] || one - other;
      const asked = { size, small: smallTerms(tokens), figures: figuresIn(tokens) };
      const best = found.sort(byScore).slice(0, Math.max(most, LOOKED_AT));
      const terms = new Map(best.map((id) => [id, termsIn(answers, id)]));
      for (const id of best) {
        const near = closeness(this.documents[id].called, terms.get(id), asked);
        scores[id] *= 1 + WEIGHTS.close * near ** 2;
      }
      best.sort(byScore);
      for (const id of repeated(best.slice(0, most), this.documents)) scores[id] *= WEIGHTS.again;
      const hits = best.sort(byScore).slice(0, most).map((id) => (
        { document: this.documents[id], score: scores[id], terms: terms.get(id) }));
      return { total: found.length, hits };
    }

    // How much a word tells: the fewer documents answer, the more.
    rarity(answer) {
      return Math.log(1 + this.documents.length / (1 + answer.size)) ** WEIGHTS.rarity;
    }

    // The documents whose title or name is the query, or means the same.
    wholly(key) {
      const ways = this.synonyms.get(key) || [];
      const keys = [key, ...ways.map(({ terms }) => terms.join(" "))];
      return new Set(keys.flatMap((name) => [...(this.wholes.get(name) || [])]));
    }

    // Groups the words of a query: what the glossary knows as one name is one concept.
    concepts(telling) {
      const found = [];
      for (let from = 0, length; from < telling.length; from += length) {
        for (length = Math.min(6, telling.length - from); length > 1; length -= 1) {
          if (this.synonyms.has(keyOf(telling.slice(from, from + length)))) break;
        }
        found.push(this.concept(telling.slice(from, from + length)));
      }
      return found;
    }

    concept(tokens) {
      const key = keyOf(tokens);
      const own = tokens.length > 1
        ? [{ terms: tokens.map((token) => token.term), weight: 1 }]
        : this.spellings(tokens[0]);
      return {
        key: `${key}|${tokens.at(-1).open ? tokens.at(-1).start : ""}`,
        size: tokens.length,
        ways: [...own, ...(this.synonyms.get(key) || [])],
      };
    }

    // The ways in which a word may stand in the book: itself, its beginning, or what was meant.
    spellings({ term, others, open, start }) {
      const ways = [{ terms: [term], weight: 1 }, ...others];
      if (open && (term.length > 2 || !this.words.has(term))) {
        ways.push({ terms: [term], weight: 1, prefix: true });
        if (start !== term) ways.push({ terms: [start], weight: 1, prefix: true });
      }
      if (this.words.has(term) || /\d/.test(term) || term.length < 4) return ways;
      if (open && this.begins(start)) return ways;
      for (let cut = 3; cut <= term.length - 3; cut += 1) {
        const halves = [term.slice(0, cut), words.stem(term.slice(cut))];
        if (halves.every((half) => this.words.has(half))) ways.push({ terms: halves, weight: 0.6 });
      }
      const most = term.length < 5 ? 1 : term.length < 9 ? 2 : 3;
      const known = this.near(term, most);
      for (const [near, distance] of known) {
        ways.push({ terms: [near], weight: WEIGHTS.typo / distance });
        for (const way of this.synonyms.get(near) || []) {
          ways.push({ ...way, weight: (way.weight * WEIGHTS.typo) / distance });
        }
      }
      return ways;
    }

    // Whether a word of the book begins so.
    begins(start) {
      return [this.names, this.text].some((part) => part && !part._index.atPrefix(start).keys().next().done);
    }

    // The terms of the book nearest to an unknown one: those at the least distance. They are asked
    // of MiniSearch's own tree of terms, for its search would score every term within reach.
    near(term, most) {
      const found = new Map();
      for (let distance = 1; distance <= most && !found.size; distance += 1) {
        for (const map of [this.names, this.text]) {
          if (!map) continue;
          for (const [near] of map._index.fuzzyGet(term, distance)) {
            if (!found.has(near) && near[0] === term[0]) found.set(near, distance);
          }
        }
        if (!found.size && distance === most) {
          for (const [near] of this.names._index.fuzzyGet(term, 1)) found.set(near, 1);
        }
      }
      return [...found].slice(0, 8);
    }

    // What a concept finds: for each document the score of its best way, and what it matched.
    answer(concept) {
      const known = this.answers.get(concept.key);
      if (known) return known;
      let found = new Map();
      for (const way of concept.ways) {
        const hits = new Map();
        const isShort = way.prefix && way.terms[0].length < 3; // begins half of all words
        for (const part of isShort ? [this.names] : [this.names, this.text]) {
          if (!part) continue;
          for (const [id, { score, match }] of ask(part, way)) {
            const fair = score * way.weight * concept.size;
            const hit = hits.get(id);
            if (!hit) hits.set(id, { score: fair, matches: [match] });
            else {
              hit.score += fair;
              hit.matches.push(match);
            }
          }
        }
        found = found.size ? merged(found, hits) : hits;
      }
      if (this.answers.size > 200) this.answers.clear();
      this.answers.set(concept.key, found);
      return found;
    }

    // For a query without an answer: the terms of the book that come nearest to it.
    nearest(query, most = 5) {
      const found = new Map();
      for (const { term } of words.queryTokens(query.slice(0, MOST_LETTERS)).slice(0, MOST_WORDS)) {
        const part = term.slice(0, Math.max(3, Math.ceil(term.length * 0.6)));
        for (const way of [{ terms: [part], prefix: true }, { terms: [term], fuzzy: 0.4 }]) {
          for (const [id, { score }] of ask(this.names, way)) {
            found.set(id, (found.get(id) || 0) + score);
          }
        }
      }
      const documents = [...found].sort((a, b) => b[1] - a[1]).map(([id]) => this.documents[id]);
      const terms = documents.filter((document) => document.kind === "term");
      return [...terms, ...documents.filter((document) => document.kind !== "term")].slice(0, most);
    }
  }

  // How near the nearest name of a document comes to what is asked: 1 for the same words. A name
  // without a figure that is asked for is not near, whatever its words.
  function closeness(called, terms, { size, small: smallAsked, figures }) {
    let best = 0;
    for (const { telling, small } of called) {
      if (!figures.every((figure) => telling.includes(figure))) continue;
      let shared = 0;
      let light = 0;
      for (const term of telling) if (terms.has(term)) shared += 1;
      if (!shared) continue;
      for (const term of small) if (smallAsked.has(term)) light += 1;
      const both = 2 * (shared + WEIGHTS.small * light);
      const all = telling.length + Math.max(size, shared) + WEIGHTS.small * (small.size + smallAsked.size);
      best = Math.max(best, both / all);
    }
    return best;
  }

  // Those of *ids*, best first, that stand directly in or around a better one.
  function repeated(ids, documents) {
    const shown = new Set();
    const parents = new Set();
    return ids.filter((id) => {
      const { parent } = documents[id];
      const again = shown.has(parent) || parents.has(id);
      shown.add(id);
      parents.add(parent);
      return again;
    });
  }

  function figuresIn(tokens) {
    return tokens.map((token) => token.term).filter((term) => /^\d/.test(term));
  }

  function smallTerms(tokens) {
    return new Set(tokens.filter((token) => token.small).map((token) => token.term));
  }

  // Lets the page do its own work whenever ours has taken some milliseconds.
  function pauses(most = 8) {
    let since = performance.now();
    return () => {
      if (performance.now() - since < most) return undefined;
      return new Promise((done) => setTimeout(done)).then(() => (since = performance.now()));
    };
  }

  function index(fields, tokenize, known) {
    return new window.MiniSearch({
      fields,
      tokenize,
      processTerm: (term) => {
        known.add(term);
        return term;
      },
      searchOptions: {
        tokenize: (term) => [term],
        processTerm: (term) => term,
        boost: WEIGHTS.fields,
      },
    });
  }

  // Pairs of a document's number and its raw result. MiniSearch's own `search` would make an object of
  // every result, sort them all, and multiply the score of several words by their number, so that a
  // long name outweighs the short one that was typed.
  function* ask(part, { terms, prefix = false, fuzzy = false }) {
    const query = terms.length > 1 ? { combineWith: "AND", queries: terms } : terms[0];
    const weights = { fuzzy: WEIGHTS.typo, prefix: WEIGHTS.prefix };
    for (const [number, result] of part.executeQuery(query, { prefix, fuzzy, weights })) {
      yield [part._documentIds.get(number), result];
    }
  }

  // Adds to what was *found* in one way what another way finds: the better one counts.
  function merged(found, hits) {
    for (const [id, hit] of hits) {
      const before = found.get(id);
      if (!before) found.set(id, hit);
      else {
        const { score } = before;
        before.score = Math.max(score, hit.score) + 0.15 * Math.min(score, hit.score);
        before.matches.push(...hit.matches);
      }
    }
    return found;
  }

  // The index terms of a document that answer.
  function termsIn(answers, id) {
    const matches = answers.flatMap((answer) => answer.get(id)?.matches || []);
    return new Set(matches.flatMap((match) => Object.keys(match)));
  }

  // Maps each name of the glossary to the other names of its term.
  function synonymsOf(terms) {
    const found = new Map();
    for (const { title, names, misspelt } of terms) {
      const wrong = names.slice(names.length - misspelt);
      const right = [title, ...names.slice(0, names.length - misspelt)];
      const keys = [...new Set(right.map(essence))].filter(Boolean);
      const ways = (weight, own) => keys.filter((other) => other !== own)
        .map((other, number) => ({ terms: other.split(" "), weight: weight * 0.8 ** number }));
      for (const own of keys) {
        found.set(own, [...(found.get(own) || []), ...ways(WEIGHTS.synonym, own)]);
      }
      for (const own of wrong.map(essence)) {
        found.set(own, [...(found.get(own) || []), ...ways(WEIGHTS.misspelling, own)]);
      }
    }
    return found;
  }

  // Adds ordinary words for those of the book; where the glossary knows a name, it stays as it is.
  function addEveryday(synonyms, lines) {
    for (const [word, ...said] of lines) {
      const terms = essence(word).split(" ");
      for (const key of new Set(said.map(essence))) {
        const ways = synonyms.get(key) || [];
        if (key !== terms.join(" ")) synonyms.set(key, [...ways, { terms, weight: WEIGHTS.everyday }]);
      }
    }
  }

  function keyOf(tokens) {
    return tokens.map((token) => token.term).join(" ");
  }

  // A name without its small words, for the question whether a query is that name.
  function essence(name) {
    return essenceOf(words.queryTokens(name));
  }

  function essenceOf(tokens) {
    const telling = tokens.filter((token) => !token.small);
    return keyOf(telling.length ? telling : tokens);
  }

  return { Engine, WEIGHTS, MOST_LETTERS, synonymsOf };
})();
