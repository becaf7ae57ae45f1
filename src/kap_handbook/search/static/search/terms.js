// The terms of the book: which documents hold one, what that is worth, and which terms are near a
// word. Scores are BM25+ (Lv and Zhai 2011) for each field.
"use strict";
window.kapSearch.terms = (function () {
  const K = 1.2; // how soon more of the same word counts no more
  const B = 0.7; // how far a long field counts less
  const D = 0.5; // what a long field keeps

  // One field of all documents: its title, say.
  class Field {
    constructor(boost) {
      this.boost = boost;
      this.held = new Map(); // term: document, times, document, times …
      this.lengths = [];
      this.count = 0;
      this.total = 0;
    }

    // Adds a document; the documents come in the order of their numbers.
    add(id, terms) {
      let length = 0;
      for (const term of terms) {
        const held = this.held.get(term);
        if (held && held[held.length - 2] === id) {
          held[held.length - 1] += 1;
        } else {
          if (held) held.push(id, 1);
          else this.held.set(term, [id, 1]);
          length += 1;
        }
      }
      this.lengths[id] = length;
      this.count += 1;
      this.total += length;
    }

    // Adds to *scores* what a term is worth to each document; says whether any holds it.
    score(term, weight, scores) {
      const held = this.held.get(term);
      if (!held) return false;
      const having = held.length / 2;
      const rare = Math.log(1 + (this.count - having + 0.5) / (having + 0.5)) * this.boost * weight;
      const slope = (K * B * this.count) / this.total;
      for (let at = 0; at < held.length; at += 2) {
        const times = held[at + 1];
        const long = K * (1 - B) + slope * this.lengths[held[at]];
        scores[held[at]] += rare * (D + (times * (K + 1)) / (times + long));
      }
      return true;
    }
  }

  // A field of which it is known for each word in which documents it stands.
  class TextField extends Field {
    constructor(boost, documents) {
      super(boost);
      this.lengths = new Array(documents).fill(0);
      this.times = new Uint16Array(documents); // of one term
    }

    // Adds a term with the documents of all words that have it, as kap_handbook/search/inverted.py
    // writes them.
    addTerm(term, words) {
      const ids = [];
      for (const gaps of words) {
        let id = -1;
        let gap = 0;
        for (let at = 0; at <= gaps.length; at += 1) {
          const code = gaps.charCodeAt(at); // none at the end
          if (code > 32) {
            gap = gap * 36 + code - (code > 57 ? 87 : 48);
          } else {
            id += gap + 1;
            gap = 0;
            if (!this.times[id]) ids.push(id);
            this.times[id] += 1;
          }
        }
      }
      const held = [];
      for (const id of ids) {
        held.push(id, this.times[id]);
        this.times[id] = 0;
        this.lengths[id] += 1;
      }
      this.held.set(term, held);
      this.total += ids.length;
    }
  }

  // The words of the book in order, each with the term that it is in the index.
  class Vocabulary {
    constructor() {
      this.terms = new Set();
      this.words = new Map();
      this.sorted = [];
      this.unsorted = [];
      this.byInitial = new Map();
    }

    add(word, term) {
      if (!this.words.has(word)) {
        this.words.set(word, term);
        this.unsorted.push(word);
      }
      if (this.terms.has(term)) return;
      this.terms.add(term);
      const group = this.byInitial.get(term[0]);
      if (group) group.push(term);
      else this.byInitial.set(term[0], [term]);
    }

    // Makes the beginnings of what was added findable.
    sort() {
      const both = this.sorted.concat(this.unsorted.sort());
      this.sorted = both.sort(); // which joins two sorted halves in no time
      this.unsorted = [];
    }

    // The terms of the words that begin so, each with the length of its shortest word.
    beginning(start) {
      let low = 0;
      for (let high = this.sorted.length; low < high; ) {
        const middle = (low + high) >> 1;
        if (this.sorted[middle] < start) low = middle + 1;
        else high = middle;
      }
      const found = new Map();
      for (; low < this.sorted.length && this.sorted[low].startsWith(start); low += 1) {
        const word = this.sorted[low];
        const term = this.words.get(word);
        found.set(term, Math.min(word.length, found.get(term) || Infinity));
      }
      return found;
    }

    // The terms at the least distance from *term*, at most so far; of those with its initial.
    near(term, most) {
      let least = most;
      let found = [];
      for (const other of this.byInitial.get(term[0]) || []) {
        const distance = distanceOf(term, other, least);
        if (distance > least) continue;
        if (distance < least) found = [];
        least = distance;
        found.push(other);
      }
      return { distance: least, terms: found };
    }
  }

  // The letters to change, add or leave out (Levenshtein); more than *most* as soon as that is sure.
  let before = new Uint8Array(64);
  let row = new Uint8Array(64);
  function distanceOf(one, other, most) {
    if (Math.abs(one.length - other.length) > most || one.length > 60) return most + 1;
    for (let at = 0; at <= one.length; at += 1) before[at] = at;
    for (let line = 1; line <= other.length; line += 1) {
      row[0] = line;
      let least = line;
      const letter = other.charCodeAt(line - 1);
      for (let at = 1; at <= one.length; at += 1) {
        const change = before[at - 1] + (one.charCodeAt(at - 1) === letter ? 0 : 1);
        const cost = Math.min(change, before[at] + 1, row[at - 1] + 1);
        row[at] = cost;
        if (cost < least) least = cost;
      }
      if (least > most) return most + 1;
      [before, row] = [row, before];
    }
    return before[one.length];
  }

  return { Field, TextField, Vocabulary };
})();
