// Filters, list, search, keys, and the start.

// --- filters: the legend, with counts ------------------------------------------------------------
function check(name, label, number, ...before) {
  const box = el("input", { type: "checkbox", value: name });
  box.onchange = () => {
    const hide = new Set(state.hide);
    if (box.checked) hide.delete(name);
    else hide.add(name);
    update({ hide });
  };
  return el("label", { className: "check", title: name }, box, ...before, el("span", { className: "word" }, label),
    el("span", { className: "count" }, number.toLocaleString("en")));
}

function buildFilters() {
  const tally = (list) => list.reduce((sums, one) => sums.set(one.type, (sums.get(one.type) || 0) + 1), new Map());
  const nodes = tally(NODES.filter(onMap));
  const edges = tally(EDGES.filter((edge) => !edge.unclaimed && onMap(NODES[edge.s]) && onMap(NODES[edge.t])));
  const upper = (word) => word[0].toUpperCase() + word.slice(1);
  $("types").append(...DATA.types.map(({ name, plural }) => check(name, upper(plural), nodes.get(name) || 0, sign(name))));
  $("relations").append(...DATA.relations.filter(({ name }) => edges.has(name)).map(({ name, out }) => check(name, out, edges.get(name))));
  $("relations").parentElement.hidden = !edges.size;
  $("conf-box").hidden = !EDGES.some((edge) => edge.c !== undefined);
  $("years-box").hidden = !(SPAN[0] < SPAN[1]);
  for (const name of ["from", "to"]) Object.assign($(name), { min: SPAN[0], max: SPAN[1] });
  $("conf").oninput = () => update({ conf: Number($("conf").value) });
  $("from").oninput = () => update({ from: Number($("from").value), to: Math.max(state.to, Number($("from").value)) });
  $("to").oninput = () => update({ to: Number($("to").value), from: Math.min(state.from, Number($("to").value)) });
  $("reset").onclick = () => { update({ ...FRESH, hide: new Set(FRESH.hide) }); $("types").querySelector("input").focus(); };
}

function showFilters() {
  for (const box of document.querySelectorAll("#filters input[type=checkbox]")) box.checked = !state.hide.has(box.value);
  for (const name of ["conf", "from", "to"]) {
    $(name).value = state[name];
    $(`${name}-out`).textContent = name === "conf" ? state.conf.toFixed(2) : state[name];
  }
  $("reset").hidden = isFresh();
}

// --- list: the nodes that the filter shows, those of most papers first ---------------------------
const BY_PAPERS = [...NODES.keys()].filter((i) => onMap(NODES[i])).sort((a, b) =>
  (NODES[b].papers || 0) - (NODES[a].papers || 0) || NODES[b].edges.length - NODES[a].edges.length || a - b);

function entry(i) {
  const node = NODES[i];
  return el("button", { type: "button", className: "entry", "data-node": i, title: node.name, onclick: () => select(i) },
    sign(node.type), el("span", { className: "name" }, node.name), el("span", { className: "unseen" }, `, ${node.type}, `),
    el("span", { className: "count" }, node.papers ? String(node.papers) : years(node)));
}

function showList() {
  if (state.node >= 0) return; // the panel is in its place
  const shown = BY_PAPERS.filter((i) => seen.nodes[i]);
  $("list").replaceChildren(
    el("p", { className: "top head" }, el("span", {}, "Nodes"), el("span", {}, "Papers")),
    shown.length ? portioned(shown, 200, entry, ["node"]) : el("p", { className: "note" }, "Nothing passes the filters."));
}

function showStatus() {
  const nodes = NODES.filter(onMap).length;
  const edges = EDGES.filter((edge) => !edge.unclaimed && onMap(NODES[edge.s]) && onMap(NODES[edge.t])).length;
  const steps = state.only > 1 ? `what lies within ${state.only} steps` : "its neighbours";
  const what = state.end >= 0 ? `: the way from ${NODES[state.node].name} to ${NODES[state.end].name}` : state.only ? `: ${NODES[state.node].name} and ${steps}` : "";
  $("status").textContent = `${seen.count.toLocaleString("en")} of ${count(nodes, "node")}, `
    + `${seen.edges.length.toLocaleString("en")} of ${count(edges, "relation")} shown${what}`;
  $("nothing").hidden = seen.count > 0 || state.node >= 0;
  $("nothing").textContent = nodes ? "Nothing passes the filters." : "The graph is empty: there is nothing to show yet.";
}

// --- search: a combobox over names, aliases and titles -------------------------------------------
const plain = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const SEARCHED = NODES.map((node) => ({ name: plain(node.name), all: plain([node.name, ...(node.aliases || [])].join("\n")) }));
const HITS = 12;

function find(query) {
  const wanted = plain(query).trim(), parts = wanted.split(/\s+/);
  if (!wanted) return [];
  const rank = ({ name, all }) => (all.split("\n").includes(wanted) ? 0 : name.startsWith(wanted) ? 1 : ` ${name}`.includes(` ${parts[0]}`) ? 2 : 3);
  return [...NODES.keys()].filter((i) => parts.every((part) => SEARCHED[i].all.includes(part)))
    .map((i) => [rank(SEARCHED[i]), NODES[i].type === "Paper" ? 1 : 0, -(NODES[i].papers || 0), i])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2] || a[3] - b[3]).map((hit) => hit[3]);
}

const search = {
  hits: [], active: -1,
  open() {
    const all = find($("search").value), parts = plain($("search").value).trim().split(/\s+/);
    this.hits = all.slice(0, HITS);
    this.active = this.hits.length ? 0 : -1;
    const alias = (i) => NODES[i].aliases && !parts.every((part) => SEARCHED[i].name.includes(part))
      && NODES[i].aliases.find((one) => parts.some((part) => plain(one).includes(part)));
    const options = this.hits.map((i, at) => el("li", { id: `hit-${at}`, role: "option", onpointerdown: (event) => { event.preventDefault(); this.take(at); } },
      sign(NODES[i].type), el("span", { className: "name" }, NODES[i].name, alias(i) ? el("span", { className: "soft" }, ` ${alias(i)}`) : ""),
      el("span", { className: "soft" }, dotted(NODES[i].type, NODES[i].papers ? count(NODES[i].papers, "paper") : years(NODES[i])).join(""))));
    if (all.length > HITS) options.push(el("li", { className: "none", role: "presentation" }, `and ${all.length - HITS} more: type on`));
    if (!all.length) options.push(el("li", { className: "none", role: "presentation" }, "Nothing found."));
    $("hits").replaceChildren(...options);
    this.show($("search").value.trim() !== "");
    this.mark();
  },
  show(open) {
    $("hits").hidden = !open;
    $("search").setAttribute("aria-expanded", String(open));
  },
  mark() {
    [...$("hits").children].forEach((option, at) => { if (at < this.hits.length) option.setAttribute("aria-selected", String(at === this.active)); });
    if (this.active < 0) $("search").removeAttribute("aria-activedescendant");
    else $("search").setAttribute("aria-activedescendant", `hit-${this.active}`);
    $("hits").children[this.active]?.scrollIntoView({ block: "nearest" });
  },
  take(at) {
    if (this.hits[at] === undefined) return;
    this.show(false);
    select(this.hits[at], { open: true });
  },
  key(event) {
    const closed = $("hits").hidden, step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (closed) this.open();
      else if (this.hits.length) this.active = (this.active + step + this.hits.length) % this.hits.length;
      this.mark();
    } else if (event.key === "Enter") {
      if (closed) this.open();
      this.take(this.active);
    } else if (event.key === "Escape") {
      event.stopPropagation();
      if (closed) $("search").value = "";
      if (closed) $("search").blur();
      this.show(false);
    }
  },
};

// --- start ---------------------------------------------------------------------------------------
function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  $("theme").textContent = theme === "dark" ? "Light" : "Dark";
  map.recolour();
}

/** Paper is white, whatever the screen is. */
function whiteOnPaper() {
  const root = document.documentElement;
  let kept = "";
  onbeforeprint = () => { kept = root.dataset.theme; root.dataset.theme = "light"; map.recolour(); };
  onafterprint = () => {
    if (kept) root.dataset.theme = kept;
    else delete root.dataset.theme;
    map.recolour();
  };
}

function start() {
  buildFilters();
  buildTable();
  $("search").oninput = () => search.open();
  $("search").onkeydown = (event) => search.key(event);
  $("search").onblur = () => search.show(false);
  $("fit").onclick = map.showAll;
  $("png").onclick = map.savePicture;
  $("closer").onclick = () => map.zoom(1.4);
  $("farther").onclick = () => map.zoom(1 / 1.4);
  const dark = matchMedia("(prefers-color-scheme: dark)");
  $("theme").onclick = () => setTheme($("theme").textContent.toLowerCase());
  dark.onchange = () => setTheme(dark.matches ? "dark" : "light");
  $("theme").textContent = dark.matches ? "Light" : "Dark";
  document.onkeydown = (event) => {
    const typing = event.target.matches?.("input[type=text]") || event.ctrlKey || event.metaKey || event.altKey;
    if (event.key === "/" && !typing) {
      event.preventDefault();
      $("search").select();
    } else if (event.key === "Escape") leave();
  };
  onpopstate = () => { update(fromHash()); if (state.node >= 0) map.showAround(state.node); };
  whiteOnPaper();
  $("filters").open = !matchMedia("(max-width: 900px)").matches;
  update(location.hash ? fromHash() : { ...fromHash(), node: BY_ID.get(DATA.start) ?? -1 });
  map.showAll();
  if (state.node >= 0) map.showAround(state.node);
  map.network.once("afterDrawing", () => requestAnimationFrame(() => { document.documentElement.dataset.ready = "1"; }));
  map.redraw();
}

start();
