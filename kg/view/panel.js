// The panel of the selected node: what is said of it, and the sentences that say so.

const AT_ONCE = 200; // relations shown before "more"
const QUOTES = 3; // sentences shown for one relation before "more"

/** A stretch of text in which spans are marked; spans may overlap, and carry class and title. */
function marked(text, from, to, spans) {
  const inside = spans.filter((span) => span.from < to && span.to > from);
  const cuts = [...new Set([from, to, ...inside.flatMap((span) => [span.from, span.to])])]
    .filter((cut) => cut >= from && cut <= to).sort((a, b) => a - b);
  return cuts.slice(1).map((end, i) => {
    const over = inside.filter((span) => span.from <= cuts[i] && span.to >= end);
    const piece = text.slice(cuts[i], end);
    if (!over.length) return piece;
    const mark = el("mark", { className: [...new Set(over.map((span) => span.className))].join(" ") }, piece);
    if (over[0].title) mark.title = over[0].title;
    if (over[0].onclick) mark.onclick = over[0].onclick;
    return mark;
  });
}

const textOf = (paper) => `${paper.name}\n${paper.abstract || ""}`;
const toNode = (i, label = NODES[i].name) => el("button", { type: "button", className: "to", onclick: () => select(i) }, label);

/** A link out, for http(s) only. */
function outward(address) {
  let url = null;
  try { url = new URL(address); } catch { return null; }
  if (url.protocol !== "https:" && url.protocol !== "http:") return null;
  const host = url.hostname.replace(/^www\./, "");
  return el("a", { href: url.href, rel: "noopener noreferrer", target: "_blank" }, `${host} ↗`);
}

/** The parts with a dot between them; empty ones left out. */
function dotted(...parts) {
  return parts.filter((part) => part).flatMap((part, i) => (i ? [" · ", part] : [part]));
}

function caption(paper, ...parts) {
  const node = NODES[paper];
  return el("figcaption", {}, toNode(paper), el("p", {}, ...dotted(years(node), node.url && outward(node.url), ...parts)));
}

/** Quoted sentences, each built by ``build``, and between them a space, or dots for what is left out. */
function quoted(text, sentences, build) {
  const gap = (i) => (text.slice(sentences[i - 1][1], sentences[i][0]).trim() ? " … " : " ");
  return sentences.flatMap(([from, to], i) => [...(i ? [gap(i)] : []), ...build(from, to)]);
}

function quote(paper, sentences, spans, ...about) {
  const text = textOf(NODES[paper]);
  const said = quoted(text, sentences, (from, to) => marked(text, from, to, spans));
  return el("figure", {}, el("blockquote", {}, ...said), caption(paper, ...about));
}

function evidence(edge, one) {
  const spans = [];
  if (one.s) spans.push({ from: one.s[0], to: one.s[1], className: "subject", title: "subject" });
  if (one.o) spans.push({ from: one.o[0], to: one.o[1], className: "object", title: "object" });
  const tags = ["negated", "hedged"].filter((word) => one[word]).map((word) => el("span", { className: "tag" }, word));
  const better = one.favoured && NODES[one.favoured === "subject" ? edge.s : edge.t].name;
  return quote(one.p, one.q || [], spans, el("span", { title: "confidence" }, one.c.toFixed(2)), ...tags, better && `in favour of ${better}`);
}

/** Some of the kids, and a button for the rest. */
function portioned(items, most, build, what) {
  const box = el("div");
  const grow = (from, until) => {
    box.append(...items.slice(from, until).map(build));
    if (until >= items.length) return;
    const more = el("button", { type: "button", className: "more" }, `Show ${Math.min(most, items.length - until)} more of ${count(items.length, ...what)}`);
    more.onclick = () => {
      more.remove();
      const first = box.childElementCount;
      grow(until, until + most);
      box.children[first]?.querySelector("button, a")?.focus();
    };
    box.append(more);
  };
  grow(0, most);
  return box;
}

function measures(edge) {
  if (edge.unclaimed) return "no claim";
  if (edge.type === "MENTIONS") return edge.n > 1 ? `${edge.n} times` : "";
  const parts = [edge.n && count(edge.n, "paper"), edge.c !== undefined && edge.c.toFixed(2), edge.inferred && "inferred"];
  return parts.filter((part) => part).join(" · ");
}

function relation(i, edge) {
  const other = otherEnd(edge, i);
  const entry = el("div", { className: "relation" },
    el("div", { className: "end" }, sign(NODES[other].type), toNode(other),
      el("span", { className: "soft", title: "papers that support it, and confidence" }, measures(edge))));
  if (edge.ev) {
    entry.append(portioned(edge.ev, QUOTES, (one) => evidence(edge, one), ["sentence"]));
    if (edge.of > edge.ev.length) entry.append(el("p", { className: "note" }, `The surest ${edge.ev.length} of ${count(edge.of, "sentence")}.`));
  }
  if (edge.ev && !edge.unclaimed && !edge.inferred) entry.append(rejectButton(edge));
  if (edge.q) entry.append(quote(edge.s, edge.q, (NODES[edge.s].has.find((one) => one.e === edge.t).at || []).map(([from, to]) => ({ from, to, className: "object" }))));
  return entry;
}

/** The relations of a node that pass the filter, by type and direction, in the order of the legend. */
function groups(i) {
  const found = new Map();
  for (const { name, out, in: back, symmetric } of DATA.relations) {
    for (const outgoing of symmetric ? [true] : [true, false]) {
      const edges = NODES[i].edges.map((e) => EDGES[e]).filter((edge) =>
        edge.type === name && edgePasses(edge) && (symmetric || (edge.s === i) === outgoing));
      const weight = (edge) => (edge.unclaimed ? -1 : edge.n || 0);
      edges.sort((a, b) => weight(b) - weight(a) || sureness(b) - sureness(a)
        || (b.years?.[1] || 0) - (a.years?.[1] || 0) || otherEnd(a, i) - otherEnd(b, i));
      if (edges.length) found.set(`${name} ${outgoing}`, { name, words: outgoing ? out : back, edges });
    }
  }
  return [...found.values()];
}

function aboutEntity(node) {
  const facts = [node.papers && count(node.papers, "paper"), years(node)].filter((part) => part);
  return [
    node.aliases && el("p", { className: "facts" }, "also ", ...node.aliases.flatMap((alias, i) => [i ? ", " : "", el("b", {}, alias)])),
    el("p", { className: "facts" }, facts.join(" · ")),
    node.others && el("p", { className: "facts" }, "another type, the same name: ", ...node.others.flatMap((id, n) =>
      [n ? ", " : "", BY_ID.has(id) ? toNode(BY_ID.get(id), id) : id])),
    node.byYear?.length > 1 && yearBars(node.byYear),
    node.why && whyOne(node),
    putRight(node),
  ];
}

function aboutPaper(node) {
  const spans = node.has.flatMap((one) => (one.at || []).map(([from, to]) => ({
    from, to, className: NODES[one.e].type, title: NODES[one.e].name, onclick: () => select(one.e),
  })));
  const text = textOf(node);
  return [
    node.authors && el("p", { className: "facts" }, node.authors.join(", ")),
    el("p", { className: "facts" }, ...dotted(years(node), node.venue, node.url && outward(node.url), node.id)),
    node.abstract && el("p", { className: "abstract" }, ...marked(text, node.name.length + 1, text.length, spans)),
    node.cut && el("p", { className: "note" }, "Only the sentences that are quoted here; the paper is not among the nodes of this page."),
  ];
}

function notes(i, shown) {
  const all = NODES[i].edges.length, lost = all - shown;
  return [
    lost > 0 && el("p", { className: "note" }, `${count(lost, "relation")} left out by the filters.`),
    NODES[i].beyond && el("p", { className: "note" }, `${count(NODES[i].beyond, "more relation")} to nodes that are not on this page.`),
    !all && el("p", { className: "note" }, "No relations."),
  ];
}

function panelOf(i) {
  const node = NODES[i], parts = groups(i);
  const most = Math.max(10, Math.floor(AT_ONCE / Math.max(parts.length, 1)));
  const heads = parts.map(({ name, words }) => el("h3", { tabIndex: -1 }, words, el("code", {}, name)));
  const total = parts.reduce((sum, part) => sum + part.edges.length, 0);
  const only = ["Only neighbours", "2 steps", "3 steps"].map((label, n) =>
    el("button", { type: "button", "aria-pressed": String(state.only === n + 1), onclick: () => toggleOnly(n + 1) }, label));
  return [
    el("div", { className: "bar" }, el("button", { type: "button", onclick: () => update({ node: -1 }, { step: true }) }, "‹ All"), ...only),
    el("p", { className: "kind" }, sign(node.type), node.type),
    el("h2", { tabIndex: -1 }, node.name),
    ...(node.type === "Paper" ? aboutPaper(node) : aboutEntity(node)),
    wayBox(),
    el("div", { className: "contents" }, ...(parts.length < 2 ? [] : parts).map(({ words, edges }, p) =>
      el("button", { type: "button", onclick: () => { heads[p].scrollIntoView({ block: "start" }); heads[p].focus({ preventScroll: true }); } },
        words, el("span", { className: "count" }, String(edges.length))))),
    ...parts.map(({ edges }, p) => el("section", { className: "group" }, heads[p],
      portioned(edges, most, (edge) => relation(i, edge), ["relation"]))),
    ...notes(i, total),
  ].filter((part) => part);
}

function toggleOnly(steps) {
  update({ only: state.only === steps ? 0 : steps, end: -1 });
  map.showAround(state.node);
  $("panel").querySelectorAll("[aria-pressed]")[steps - 1].focus();
}

/** Where one asks for the shortest way to another node, and reads it. */
function wayBox() {
  const [end, names] = nameInput("ends", "Name of the thing at the other end", "Way to … (or Shift-click)", (one, i) => onMap(one) && i !== state.node);
  end.value = state.end < 0 ? "" : NODES[state.end].name;
  const ask = () => {
    const wanted = end.value.trim().toLowerCase();
    const to = NODES.findIndex((one, i) => onMap(one) && i !== state.node && one.name.toLowerCase() === wanted);
    showWay(to);
    if (to < 0) $("way").textContent = wanted ? "Nothing is named so on this page." : "";
    $("panel").querySelector("[list=ends]").focus();
  };
  end.onkeydown = (event) => { if (event.key === "Enter") ask(); };
  const steps = seen.way.flatMap((i, n) => [n ? " → " : "", toNode(i)]);
  const said = state.end < 0 ? [] : steps.length ? steps : ["No way leads there through what the filters show."];
  return el("div", { className: "right" }, el("p", {}, end, names, el("button", { type: "button", className: "copy", onclick: ask }, "Show way")),
    el("p", { id: "way", role: "status" }, ...said));
}

function showPanel(chosen) {
  $("panel").hidden = state.node < 0;
  $("list").hidden = state.node >= 0;
  $("panel").replaceChildren(...(state.node < 0 ? [] : panelOf(state.node)));
  if (!chosen) return;
  $("side").scrollTop = 0;
  if (state.node >= 0 && matchMedia("(max-width: 900px)").matches) $("panel").scrollIntoView({ block: "start" });
}
