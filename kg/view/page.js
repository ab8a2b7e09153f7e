"use strict";
// What the page knows, what of it is to be seen, and the address that keeps this.
// Everything that comes from a text reaches the page as a text node; nothing is parsed as HTML.

const $ = (id) => document.getElementById(id);
const DATA = JSON.parse($("kg-data").textContent);
const NODES = DATA.nodes;
const EDGES = DATA.edges;
const RELATIONS = new Map(DATA.relations.map((one) => [one.name, one]));
const PLURALS = new Map(DATA.types.map((one) => [one.name, one.plural]));
const BY_ID = new Map(NODES.map((node, i) => [node.id, i]).reverse());

const count = (number, one, many = `${one}s`) => `${number.toLocaleString("en")} ${number === 1 ? one : many}`;
const onMap = (node) => node.x !== undefined;
const years = (thing) => (thing.years ? [...new Set(thing.years)].join("–") : "");

/** An element with properties, attributes and children; strings become text nodes. */
function el(tag, props = {}, ...kids) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name in made && name !== "role") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...kids.filter((kid) => kid !== null && kid !== ""));
  return made;
}

/** The sign of a type: dot, square, triangle or diamond in its colour. */
const SIGNS = {
  Paper: "M7 1.6a5.4 5.4 0 1 0 0 10.8a5.4 5.4 0 1 0 0-10.8z",
  Method: "M2 2h10v10h-10z",
  Task: "M7 1.2L13.2 12H0.8z",
  Dataset: "M7 0.6L13.4 7L7 13.4L0.6 7z",
};
function sign(type) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  svg.setAttribute("viewBox", "0 0 14 14");
  svg.setAttribute("class", `shape ${type}`);
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", SIGNS[type]);
  svg.append(path);
  return svg;
}

for (const thing of [...NODES, ...EDGES]) if (thing.years?.length === 1) thing.years.push(thing.years[0]);
// A paper's mentions, and what it proposes, are relations too.
NODES.forEach((paper, p) => {
  for (const one of paper.has || []) {
    if (one.proposed) EDGES.push({ s: p, t: one.e, type: "PROPOSES", c: one.c, q: one.q, years: paper.years });
    EDGES.push({ s: p, t: one.e, type: "MENTIONS", n: one.n ?? one.at.length, years: paper.years });
  }
});
for (const node of NODES) node.edges = [];
EDGES.forEach((edge, i) => {
  NODES[edge.s].edges.push(i);
  if (edge.t !== edge.s) NODES[edge.t].edges.push(i);
});
const otherEnd = (edge, i) => (edge.s === i ? edge.t : edge.s);

const SPAN = NODES.reduce(
  ([first, last], node) => (node.years ? [Math.min(first, node.years[0]), Math.max(last, node.years[1])] : [first, last]),
  [Infinity, -Infinity],
);
const FRESH = { hide: DATA.hidden, conf: 0, from: SPAN[0], to: SPAN[1] };
const state = { ...FRESH, hide: new Set(FRESH.hide), node: -1, only: 0, end: -1, table: "" };

/** Derived from the state: which nodes are shown, which relations are drawn, what is lit. */
const seen = { nodes: new Uint8Array(NODES.length), count: 0, edges: [], lit: new Set(), bright: [], way: [] };

const inYears = (thing) => !thing.years || (thing.years[1] >= state.from && thing.years[0] <= state.to);
const sureness = (edge) => (edge.unclaimed ? Math.max(...edge.ev.map((one) => one.c)) : edge.c ?? 1);
const nodePasses = (node) => !state.hide.has(node.type) && inYears(node);
const edgePasses = (edge) => !state.hide.has(edge.type) && sureness(edge) >= state.conf && inYears(edge);

function refilter() {
  NODES.forEach((node, i) => { seen.nodes[i] = onMap(node) && nodePasses(node); });
  seen.way = state.end >= 0 ? wayTo(state.end) : [];
  const kept = state.end >= 0 ? new Set([state.node, state.end, ...seen.way]) : state.only ? new Set(stepsFrom(state.only).keys()) : null;
  if (kept) NODES.forEach((_, i) => { seen.nodes[i] &&= kept.has(i); });
  seen.count = seen.nodes.reduce((sum, one) => sum + one, 0);
  seen.edges = EDGES.filter((edge) => !edge.unclaimed && seen.nodes[edge.s] && seen.nodes[edge.t] && edgePasses(edge));
  relight();
}

/** Light the selected node's relations and neighbours; of a way, or of some steps, all that is left. */
function relight() {
  const all = state.end >= 0 || state.only > 1;
  seen.bright = state.node < 0 ? [] : [...new Set([...ofSelected(), ...(all ? seen.edges : [])])];
  seen.lit = new Set(seen.bright.flatMap((edge) => [edge.s, edge.t]));
  if (state.end >= 0 && seen.nodes[state.end]) seen.lit.add(state.end);
  seen.lit.delete(state.node);
}

/** The relations of the selected node that are shown; it may be none of the map. */
const ofSelected = () => NODES[state.node].edges.map((e) => EDGES[e]).filter((edge) => {
  const other = otherEnd(edge, state.node);
  return !edge.unclaimed && other !== state.node && seen.nodes[other] && edgePasses(edge);
});

/** The shown nodes within so many steps of the selected one, each with the node before it. */
function stepsFrom(most, until = -1) {
  const before = new Map([[state.node, -1]]);
  let edge = [state.node];
  for (let step = 0; step < most && edge.length && !before.has(until); step += 1) {
    const next = [];
    for (const i of edge) {
      for (const e of NODES[i].edges) {
        const other = otherEnd(EDGES[e], i);
        if (before.has(other) || EDGES[e].unclaimed || !seen.nodes[other] || !edgePasses(EDGES[e])) continue;
        before.set(other, i);
        next.push(other);
      }
    }
    edge = next;
  }
  return before;
}

/** The nodes of the shortest way from the selected node to another, or none. */
function wayTo(end) {
  const before = stepsFrom(Infinity, end), way = [];
  for (let i = before.has(end) ? end : -1; i >= 0; i = before.get(i)) way.unshift(i);
  return way;
}

/** Change the state and all that shows it. Selecting makes a step that "back" takes back. */
function update(changes, { step = false } = {}) {
  const chosen = changes.node !== undefined && changes.node !== state.node;
  Object.assign(state, changes);
  if (state.node < 0) Object.assign(state, { only: 0, end: -1 });
  refilter();
  showFilters();
  showList();
  showPanel(chosen);
  showStatus();
  table.show();
  map.redraw();
  const address = location.pathname + location.search + toHash();
  if (step) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

const isFresh = () =>
  state.conf === FRESH.conf && state.from === FRESH.from && state.to === FRESH.to &&
  state.hide.size === FRESH.hide.length && FRESH.hide.every((name) => state.hide.has(name));

function toHash() {
  const keep = new URLSearchParams();
  if (state.node >= 0) keep.set("node", NODES[state.node].id);
  if (state.only) keep.set("only", state.only);
  if (state.end >= 0) keep.set("end", NODES[state.end].id);
  if (state.table) keep.set("table", state.table);
  if ([...state.hide].sort().join() !== FRESH.hide.join()) keep.set("hide", [...state.hide].sort().join());
  if (state.conf !== FRESH.conf) keep.set("conf", state.conf);
  if (state.from !== FRESH.from) keep.set("from", state.from);
  if (state.to !== FRESH.to) keep.set("to", state.to);
  const hash = keep.toString();
  return hash && `#${hash}`;
}

function fromHash() {
  const kept = new URLSearchParams(location.hash.slice(1));
  const number = (name, [low, high]) => {
    const given = Number.parseFloat(kept.get(name));
    return Number.isNaN(given) ? FRESH[name] : Math.min(Math.max(given, low), high);
  };
  const node = BY_ID.get(kept.get("node")) ?? -1;
  const names = kept.has("hide") ? kept.get("hide").split(",") : FRESH.hide;
  return {
    node,
    only: node >= 0 && kept.has("only") ? Math.min(Math.max(Math.trunc(Number(kept.get("only"))) || 1, 1), 3) : 0,
    end: node >= 0 ? BY_ID.get(kept.get("end")) ?? -1 : -1,
    table: kept.has("table") ? (Object.hasOwn(TABLES, kept.get("table")) ? kept.get("table") : "entities") : "",
    hide: new Set(names.filter((name) => PLURALS.has(name) || RELATIONS.has(name))),
    conf: number("conf", [0, 1]), from: number("from", SPAN), to: number("to", SPAN),
  };
}

/** Select a node. A hit that the filter hides opens the filter; focus follows the keyboard. */
function select(i, { open = false, follow = true } = {}) {
  const node = NODES[i];
  const changes = { node: i, only: 0, end: -1 };
  if (open && onMap(node) && !nodePasses(node)) {
    changes.hide = new Set([...state.hide].filter((name) => name !== node.type));
    if (!inYears(node)) Object.assign(changes, { from: FRESH.from, to: FRESH.to });
  }
  update(changes, { step: true });
  if (follow) {
    map.showAround(i);
    $("panel").querySelector("h2").focus({ preventScroll: true });
  }
}

/** Show the shortest way from the selected node to another; -1 for none. */
function showWay(end) {
  update({ end, only: 0 });
  map.showAround(state.node);
}

/** One step back: from the neighbours to the whole, from the node to the list. */
function leave() {
  if (state.only || state.end >= 0) {
    update({ only: 0, end: -1 });
    map.showAround(state.node);
  } else if (state.node >= 0) {
    const left = state.node;
    update({ node: -1 }, { step: true });
    $(state.table ? "rows" : "list").querySelector(`[data-node="${left}"]`)?.focus();
  }
}
