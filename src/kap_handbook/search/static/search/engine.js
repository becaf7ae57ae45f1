// The engine: which documents answer a query, and in which order. It knows nothing of the page.
"use strict";
window.kapSearch.engine = (function () {
  const { words, terms: { Field, TextField, Vocabulary } } = window.kapSearch;

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
    second: 0.3, // what a second way to the same document adds
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
    constructor({ pages, gap, kinds }) {
      this.pages = pages.map(([address, title, above]) => ({ address, title, above }));
      this.gap = gap;
      this.kinds = new Map(kinds);
      this.kinds.set(SOURCE, "Source");
      this.kindNames = kinds.map(([name]) => name);
      this.documents = [];
      this.vocabulary = new Vocabulary();
      this.trails = new Map(); // their terms: the same comes again and again
      this.names = fields("title", "names", "trail");
      this.text = {}; // its fields come later
      this.wholes = new Map(); // which documents have this name, word for word
      this.synonyms = new Map(); // the other names of each name
      this.answers = new Map(); // of a word, so that the next keystroke asks the last word only
    }

    // Resolves to an engine that finds titles and names.
    static async from(data) {
      const engine = new Engine(data);
      await inSteps(engine.takeTitles(data));
      return engine;
    }

    // Resolves once texts and works can be found as well.
    addWords(data) {
      return inSteps(this.takeWords(data));
    }

    * takeTitles({ documents, everyday }) {
      for (const row of documents) yield this.addDocument(row);
      for (const { kind, title, names, misspelt } of this.documents) {
        if (kind === "term") yield addNames(this.synonyms, title, names, misspelt);
      }
      for (const line of everyday) yield addEveryday(this.synonyms, line);
      this.vocabulary.sort();
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
      document.called = []; // the words of each of its names
      // Who types "discharge checklist" names the kind.
      const label = kind === SECTION ? [] : [this.kinds.get(kind)];
      this.names.title.add(id, this.call(document, title));
      this.names.names.add(id, names.flatMap((name) => this.call(document, name)));
      this.names.trail.add(id, [...trail, ...label].flatMap((name) => this.termsOf(name)));
    }

    // Gives a document one more name, and returns its terms.
    call(document, name) {
      const tokens = words.nameTokens(name);
      // What the book says of a term comes before its definition.
      const key = document.kind === "term" ? "" : essenceOf(tokens);
      if (key) {
        document.called.push({ telling: key.split(" "), small: smallTerms(tokens) });
        const others = this.wholes.get(key);
        if (others) others.push(document.id);
        else this.wholes.set(key, [document.id]);
      }
      return this.learn(tokens);
    }

    termsOf(trail) {
      if (!this.trails.has(trail)) this.trails.set(trail, this.learn(words.nameTokens(trail)));
      return this.trails.get(trail);
    }

    // Takes the words of tokens over into the vocabulary, and returns their terms.
    learn(tokens) {
      const found = [];
      for (const { terms, spelt } of tokens) {
        terms.forEach((term, number) => this.vocabulary.add(spelt[number], term));
        found.push(...terms);
      }
      return found;
    }

    * takeWords({ documents, wordings, words: lines, works }) {
      for (const row of documents) yield this.addDocument(row);
      for (const [page, anchor, title, byline] of works) {
        yield this.add({ id: this.documents.length, kind: SOURCE, page, anchor, title,
          names: [byline], misspelt: 0, trail: [this.pages[page].title, "Sources"], byline });
      }
      const text = new TextField(WEIGHTS.fields.text, this.documents.length);
      const standing = new Map(); // where the words of each term stand
      for (const line of lines.split("\n")) {
        const bar = line.indexOf("|");
        const gaps = line.slice(bar + 1);
        words.pairs(line.slice(0, bar), (word, term) => {
          this.vocabulary.add(word, term);
          const others = standing.get(term);
          if (others) others.push(gaps);
          else standing.set(term, [gaps]);
        });
        yield;
      }
      for (const [term, gaps] of standing) yield text.addTerm(term, gaps);
      const { wordings: field } = fields("wordings");
      const others = new Map(wordings.map(([id, ...names]) => [id, names]));
      for (const document of this.documents) {
        const names = others.get(document.id) || [];
        if (names.length || text.lengths[document.id]) {
          field.add(document.id, names.flatMap((name) => this.call(document, name)));
          text.count += 1;
        }
        yield;
      }
      this.vocabulary.sort();
      this.text = { wordings: field, text };
      this.trails.clear();
      this.answers.clear();
    }

    // Says whether a document has a text: not so a section of nothing but entries.
    mayHaveText({ id, byline }) {
      const { text } = this.text;
      return !text || Boolean(byline || text.lengths[id]);
    }

    // Returns the documents that answer *query*, best first, with the index terms that they hold.
    search(query, { kind = "", most = 30 } = {}) {
      const tokens = words.queryTokens(query.slice(0, MOST_LETTERS)).slice(0, MOST_WORDS);
      const capitals = new Set(query.match(/\b\p{Lu}{2,}\b/gu)); // DID is no small word
      for (const token of tokens) token.small &&= !capitals.has(token.raw.toUpperCase());
      if (tokens.every((token) => token.small)) tokens.forEach((token) => (token.small = false));
      const concepts = this.concepts(tokens.filter((token) => !token.small));
      const answers = concepts.map((concept) => this.answer(concept));
      const count = this.documents.length;
      const scores = new Float64Array(count);
      const covered = new Float64Array(count);
      let size = 0;
      let weighed = 0;
      answers.forEach((answer, number) => {
        const weight = concepts[number].size * this.rarity(answer);
        for (let id = 0; id < count; id += 1) {
          if (!answer.scores[id]) continue;
          scores[id] += answer.scores[id];
          covered[id] += weight;
        }
        size += concepts[number].size;
        weighed += weight;
      });
      const whole = this.wholly(essenceOf(tokens));
      const found = [];
      for (let id = 0; id < count; id += 1) {
        const document = this.documents[id];
        if (!covered[id] || (kind && document.kind !== kind)) continue;
        scores[id] *= (covered[id] / weighed) ** WEIGHTS.coverage * (WEIGHTS.kinds[document.kind] || 1);
        if (document.isPage && document.hasParts) scores[id] *= WEIGHTS.page;
        if (whole.has(id)) scores[id] *= WEIGHTS.whole;
        found.push(id);
      }
      const byScore = (one, other) => scores[other] - scores[one] || one - other;
      const asked = { size, small: smallTerms(tokens), figures: figuresIn(tokens) };
      const best = highest(found, scores, Math.max(most, LOOKED_AT));
      const terms = this.termsIn(answers, best);
      for (const id of best) {
        const near = closeness(this.documents[id].called, terms.get(id), asked);
        scores[id] *= 1 + WEIGHTS.close * near ** 2;
      }
      best.sort(byScore);
      for (const id of repeated(best.slice(0, most), this.documents)) scores[id] *= WEIGHTS.again;
      const typed = tokens.filter(({ small }) => !small).map(({ term }) => term);
      const hits = best.sort(byScore).slice(0, most).map((id) => (
        { document: this.documents[id], score: scores[id], terms: terms.get(id), typed }));
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
      return new Set(keys.flatMap((name) => this.wholes.get(name) || []));
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
      const { vocabulary } = this;
      const isKnown = vocabulary.terms.has(term);
      if (open && (start.length > 2 || !isKnown)) {
        const longer = vocabulary.beginning(start);
        longer.delete(term);
        if (longer.size) ways.push({ longer, start });
        if (longer.size) return ways;
      }
      if (isKnown || /\d/.test(term) || term.length < 4) return ways;
      for (let cut = 3; cut <= term.length - 3; cut += 1) {
        const halves = [term.slice(0, cut), words.stem(term.slice(cut))];
        if (halves.every((half) => vocabulary.terms.has(half))) ways.push({ terms: halves, weight: 0.6 });
      }
      const { distance, terms } = vocabulary.near(term, term.length < 5 ? 1 : term.length < 9 ? 2 : 3);
      for (const near of terms.slice(0, 8)) {
        ways.push({ terms: [near], weight: WEIGHTS.typo / distance });
        for (const way of this.synonyms.get(near) || []) {
          ways.push({ ...way, weight: (way.weight * WEIGHTS.typo) / distance });
        }
      }
      return ways;
    }

    // What a concept finds: the score of each document, and the terms in each way to it.
    answer(concept) {
      const known = this.answers.get(concept.key);
      if (known) return known;
      const scores = new Float64Array(this.documents.length);
      const ways = [];
      for (const way of concept.ways) {
        const hits = way.longer ? this.begun(way) : this.held(way);
        if (!hits) continue;
        ways.push(way.longer ? [...way.longer.keys()].map((term) => [term]) : [way.terms]);
        for (let id = 0; id < scores.length; id += 1) {
          if (!hits[id]) continue;
          const fair = hits[id] * concept.size;
          // The better way counts, and the other a little.
          scores[id] = Math.max(scores[id], fair) + WEIGHTS.second * Math.min(scores[id], fair);
        }
      }
      let size = 0;
      for (const score of scores) if (score) size += 1;
      const found = { scores, size, ways: ways.flat() };
      if (this.answers.size > 200) this.answers.clear();
      this.answers.set(concept.key, found);
      return found;
    }

    // The scores of the documents that hold every term of a way; nothing if there is none.
    held({ terms, weight }) {
      let all = null;
      for (const term of terms) {
        const scores = new Float64Array(this.documents.length);
        const holding = this.fields().filter((field) => field.score(term, weight, scores));
        if (!holding.length) return null;
        if (all) for (let id = 0; id < scores.length; id += 1) all[id] = all[id] && scores[id] && all[id] + scores[id];
        else all = scores;
      }
      return all;
    }

    // The scores of the documents that hold a word which begins so.
    begun({ longer, start }) {
      const scores = new Float64Array(this.documents.length);
      const isShort = start.length < 3; // begins half of all words
      for (const [term, length] of longer) {
        const weight = (WEIGHTS.prefix * length) / (length + 0.3 * (length - start.length));
        for (const field of isShort ? Object.values(this.names) : this.fields()) field.score(term, weight, scores);
      }
      return scores;
    }

    fields() {
      return [...Object.values(this.names), ...Object.values(this.text)];
    }

    // The index terms by which each of *ids* answers.
    termsIn(answers, ids) {
      const found = new Map(ids.map((id) => [id, new Set()]));
      const wanted = new Uint8Array(this.documents.length);
      for (const id of ids) wanted[id] = 1;
      for (const { ways } of answers) {
        for (const [term, ...others] of ways) {
          const along = others.map((other) => new Set(this.holders(other, wanted)));
          for (const id of this.holders(term, wanted)) {
            if (!along.every((ids) => ids.has(id))) continue;
            found.get(id).add(term);
            for (const other of others) found.get(id).add(other);
          }
        }
      }
      return found;
    }

    // Those *wanted* documents that hold a term; some come again.
    holders(term, wanted) {
      const found = [];
      for (const field of this.fields()) {
        const held = field.held.get(term) || [];
        for (let at = 0; at < held.length; at += 2) if (wanted[held[at]]) found.push(held[at]);
      }
      return found;
    }

    // For a query without an answer: the documents whose names come nearest to it.
    nearest(query, most = 5) {
      const scores = new Float64Array(this.documents.length);
      for (const { term } of words.queryTokens(query.slice(0, MOST_LETTERS)).slice(0, MOST_WORDS)) {
        const start = term.slice(0, Math.max(3, Math.ceil(term.length * 0.6)));
        const { terms } = this.vocabulary.near(term, Math.round(term.length * 0.4));
        for (const near of new Set([...this.vocabulary.beginning(start).keys(), ...terms])) {
          for (const field of Object.values(this.names)) field.score(near, 1, scores);
        }
      }
      const found = this.documents.filter(({ id }) => scores[id]).sort((one, other) => scores[other.id] - scores[one.id]);
      const terms = found.filter((document) => document.kind === "term");
      return [...terms, ...found.filter((document) => document.kind !== "term")].slice(0, most);
    }
  }

  function fields(...names) {
    return Object.fromEntries(names.map((name) => [name, new Field(WEIGHTS.fields[name])]));
  }

  // Those *ids* with the highest scores, and any that score as the last of them.
  function highest(ids, scores, most) {
    if (ids.length <= most) return ids;
    const sorted = Float64Array.from(ids, (id) => scores[id]).sort();
    const least = sorted[sorted.length - most];
    return ids.filter((id) => scores[id] >= least);
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
      for (const term of small) if (smallAsked.includes(term)) light += 1;
      const both = 2 * (shared + WEIGHTS.small * light);
      const all = telling.length + Math.max(size, shared) + WEIGHTS.small * (small.length + smallAsked.length);
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
    return [...new Set(tokens.filter((token) => token.small).map((token) => token.term))];
  }

  // Does some work step by step, and lets the page do its own before, and whenever ours has taken a
  // while. To look at the clock after each step would take longer than some of the steps.
  async function inSteps(work, most = 5) {
    let since = -most;
    let steps = 0;
    for (const _ of work) {
      if (steps++ % 16 || performance.now() - since < most) continue;
      await (window.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done)));
      since = performance.now();
    }
  }

  // Maps each name of a term of the glossary to its other names.
  function addNames(synonyms, title, names, misspelt) {
    const add = (own, ways) => synonyms.set(own, [...(synonyms.get(own) || []), ...ways]);
    const wrong = names.slice(names.length - misspelt);
    const right = [title, ...names.slice(0, names.length - misspelt)];
    const keys = [...new Set(right.map(essence))].filter(Boolean);
    const ways = (weight, own) => keys.filter((other) => other !== own)
      .map((other, number) => ({ terms: other.split(" "), weight: weight * 0.8 ** number }));
    for (const own of keys) add(own, ways(WEIGHTS.synonym, own));
    for (const own of wrong.map(essence)) add(own, ways(WEIGHTS.misspelling, own));
  }

  // Adds ordinary words for one of the book; a name that the glossary knows keeps its own first.
  function addEveryday(synonyms, [word, ...said]) {
    const terms = essence(word).split(" ");
    for (const key of new Set(said.map(essence))) {
      const ways = synonyms.get(key) || [];
      if (key !== terms.join(" ")) synonyms.set(key, [...ways, { terms, weight: WEIGHTS.everyday }]);
    }
  }

  function keyOf(tokens) {
    return tokens.map((token) => token.term).join(" ");
  }

  // A name without its small words, for the question whether a query is that name.
  function essence(name) {
    return essenceOf(words.nameTokens(name));
  }

  function essenceOf(tokens) {
    const telling = tokens.filter((token) => !token.small);
    return keyOf(telling.length ? telling : tokens);
  }

  return { Engine, WEIGHTS, MOST_LETTERS };
})();
